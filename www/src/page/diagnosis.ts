/** Finds out why a script of the page did not run, and whether the page is a saved copy. For browsers of any age: what it uses has been there for long. */
import type { Cause } from '../messages/en.unstarted';

/** What was found. */
export interface Diagnosis {
  readonly cause: Cause;
  /** In the browser's or the server's words. */
  readonly detail: string;
}

/** The directive that kept a script from running, as soon as one did. */
let forbidding = '';

/** Notes what policies forbid from now on. */
export function watchPolicies(): void {
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    // Where inline scripts are forbidden, the page starts without them.
    if (effectiveDirective.startsWith("script-src") && blockedURI !== 'inline') forbidding = effectiveDirective;
  });
}

/** What the page needs and this browser lacks; the youngest is that of Chrome 123, Firefox 120 and Safari 17.5. */
export function lacks(): string[] {
  const there: Readonly<Record<string, boolean>> = {
    customElements: 'customElements' in window,
    adoptedStyleSheets: 'adoptedStyleSheets' in document,
    IntersectionObserver: 'IntersectionObserver' in window,
    toSorted: 'toSorted' in Array.prototype,
    'light-dark()': 'CSS' in window && CSS.supports('color', 'light-dark(#000, #fff)'),
  };
  return Object.keys(there).filter((name) => !there[name]);
}

/** Resolves once all of the HTML is there. */
function parsed(): Promise<void> {
  return new Promise((done) => {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => done(), { once: true });
    else done();
  });
}

/** Writes the page's address into its document, where it is not shown: a copy that someone saves knows by it what it is of. */
export async function sign(): Promise<void> {
  if (!location.protocol.startsWith('http')) return;
  await parsed();
  Array.from(document.querySelectorAll<HTMLAnchorElement>('a.original')).forEach((link) => (link.href = location.origin + location.pathname));
}

/** Whether this is such a copy. */
async function isCopy(): Promise<boolean> {
  await parsed();
  return document.querySelector('a.original[href]') !== null;
}

/** Why none of `scripts` (addresses) ran. `problem`: what was thrown. */
export async function diagnose(scripts: readonly string[], problem: string): Promise<Diagnosis> {
  // What a policy forbade is told a moment after the script failed.
  await new Promise((resolve) => setTimeout(resolve));
  if (location.protocol === 'file:') return { cause: (await isCopy()) ? 'copy' : 'file', detail: '' };
  if (self.origin === 'null' || location.protocol === 'about:') return { cause: 'sealed', detail: location.href };
  if (forbidding !== '') return { cause: 'policy', detail: forbidding };
  for (const script of scripts) {
    const found = await examine(script);
    if (found) return found;
  }
  const lacking = lacks();
  return lacking.length > 0 ? { cause: 'old', detail: lacking.join(', ') } : { cause: 'broken', detail: problem };
}

/** What is wrong with one script, as the server sends it. */
async function examine(script: string): Promise<Diagnosis | undefined> {
  const name = script.replace(/^.*\//, '');
  try {
    const response = await fetch(script);
    if (!response.ok) return { cause: 'missing', detail: `${name}: ${response.status}` };
    const type = response.headers.get('content-type') ?? 'no type';
    // A connection may break on the way.
    await response.arrayBuffer();
    return type.includes('javascript') ? undefined : { cause: 'type', detail: `${name}: expected text/javascript, got ${type}` };
  } catch {
    return { cause: 'missing', detail: name };
  }
}
