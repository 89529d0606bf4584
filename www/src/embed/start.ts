/**
 * Starts the lab in a frame, or has it say why it does not start. A classic script: it runs where modules do not. A frame
 * without an origin, on a host that lets such ones read nothing, becomes the classifier as one file, which reads nothing.
 */
import { diagnose, lacks, watchPolicies } from '../page/diagnosis';
import { tellUnstarted } from '../page/unstarted';
import { restrict } from './policy';

const entry = document.querySelector<HTMLLinkElement>('link[rel=modulepreload]')?.href ?? '';

async function fail(problem: string): Promise<void> {
  const { cause, detail } = await diagnose([entry], problem);
  if (cause === 'file' || cause === 'sealed') location.replace(`vitrine.html${location.hash}`);
  else tellUnstarted(cause, detail);
}

restrict();
const lacking = lacks();
watchPolicies();
if (lacking.length > 0) {
  tellUnstarted('old', lacking.join(', '));
} else {
  (import(/* @vite-ignore */ entry) as Promise<unknown>)
    .then(() => customElements.whenDefined('vitrine-embed'))
    .then(() => document.querySelector('vitrine-embed')?.updateComplete)
    .catch((problem: unknown) => fail(String(problem)));
}
