/** What stands in the page's HTML for a visitor in whose browser the page does not start; the page takes its place. */
import { spoken } from '../src/messages/tags';
import { escaped } from './escaped';
import type { Language, Languages } from './languages';

/** Seconds after which it shows where no script can tell that something is wrong. */
const PATIENCE = 8;

const visible = 'height: auto; overflow: visible; visibility: visible;';

/**
 * In the page and, for servers that forbid inline styles, in a file: it shows at once where there are no scripts or one
 * found out why, and by itself after a while. All languages show until one has been chosen.
 */
export const unstartedStyles = `
.unstarted { height: 0; overflow: hidden; visibility: hidden; animation: unstarted 0s ${PATIENCE}s forwards; font: 1rem / 1.5 system-ui, sans-serif; }
.unstarted section { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
.unstarted li { margin-block: 0.5rem; }
@keyframes unstarted { to { ${visible} } }
[data-unstarted] > .unstarted { animation: none; ${visible} }
${Object.keys(spoken).map((tag) => `html[dir]:not(:lang(${tag})) .unstarted > [lang='${tag}']`).join(', ')} { display: none; }
@media (scripting: none) {
  .unstarted { animation: none; ${visible} }
  .unstarted :is(.lede, ul) { display: none; }
}
`;

export function unstarted(languages: Languages): string {
  return `<div class="unstarted">${Object.entries(languages).map(([tag, language]) => inLanguage(tag, language.unstarted)).join('')}</div>`;
}

function inLanguage(tag: string, { title, lede, causes, scriptless, reload, original }: Language['unstarted']): string {
  const items = Object.entries(causes).map(([cause, text]) => `<li data-cause="${cause}">${escaped(text)}</li>`);
  return `<section lang="${tag}">
      <h2>${escaped(title)}</h2>
      <noscript><p class="notice">${escaped(scriptless)}</p></noscript>
      <p class="lede">${escaped(lede)}</p>
      <ul>${items.join('')}</ul>
      <p class="detail" lang="en" dir="ltr" hidden></p>
      <p class="copy" hidden><a class="original">${escaped(original)}</a></p>
      <p><a class="again" href="">${escaped(reload)}</a></p>
    </section>`;
}
