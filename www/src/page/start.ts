/**
 * Starts the page, or has it say why it does not start. A script of its own, as policies without inline scripts want it,
 * and a classic one: it runs where modules do not.
 */
import { diagnose, lacks, sign, watchPolicies } from './diagnosis';
import { tellUnstarted } from './unstarted';

/** Milliseconds after which the page starts where no paint comes: a tab in the background. */
const PATIENCE = 1_000;

const scripts = Array.from(document.querySelectorAll<HTMLLinkElement>('link[rel=modulepreload]'), ({ href }) => href);
const [entry = ''] = scripts;
let isBegun = false;

function begin(): void {
  if (isBegun) return;
  isBegun = true;
  // What an element throws when it is put in place reaches nobody else.
  window.addEventListener('error', stopped);
  (import(/* @vite-ignore */ entry) as Promise<unknown>)
    .then(() => customElements.whenDefined('vitrine-app'))
    .then(() => document.querySelector('vitrine-app')?.updateComplete)
    .then(() => window.removeEventListener('error', stopped))
    .catch((problem: unknown) => fail(String(problem)));
}

function fail(problem: string): void {
  void diagnose(scripts, problem).then(({ cause, detail }) => tellUnstarted(cause, detail));
}

function stopped({ filename, message }: ErrorEvent): void {
  if (scripts.includes(filename) && !isShown()) fail(message);
}

/** Whether the page has taken the place of what stood in the HTML. */
function isShown(): boolean {
  return document.querySelector('vitrine-app')?.shadowRoot?.querySelector('main') != null;
}

const lacking = lacks();
watchPolicies();
void sign();
if (lacking.length > 0) {
  tellUnstarted('old', lacking.join(', '));
} else if (document.documentElement.dir === '' || !('PerformanceObserver' in window)) {
  // Where the inline script did not run, neither do inline styles as a rule: there is no paint worth waiting for.
  begin();
} else {
  // The scripts have been fetched meanwhile; what they do waits until the first paint is on the screen.
  new PerformanceObserver(begin).observe({ type: 'paint', buffered: true });
  setTimeout(begin, PATIENCE);
}
