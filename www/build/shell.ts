/** What is painted before any script has come: header and list of sections in every language, as the page will render them. */
import type { Messages } from '../src/messages';
import { spoken } from '../src/messages/tags';
import { appStyles } from '../src/page/app.styles';
import { list } from '../src/page/sections/list';
import { shared } from '../src/styles/shared';
import { escaped } from './escaped';
import type { Languages } from './languages';

type Tag = keyof typeof spoken;
const tags = Object.keys(spoken) as Tag[];

/**
 * Of all languages the document's own is shown, and nothing before this sheet is in force; without scripts, or when the
 * page has not started, what needs it is not.
 */
const choice = `
  [data-shell][hidden] { display: contents !important; }
  ${tags.map((tag) => `[data-shell='${tag}'][hidden]:not(:lang(${tag}))`).join(', ')} { display: none !important; }
  @media (scripting: none) { nav, .tools { display: none; } }
  :host([data-unstarted]) :is(nav, .tools) { display: none; }
`;

/** The element's shadow root until the element is there. Its controls do nothing yet, hence `inert`. */
export function shell(languages: Languages): string {
  return `<template shadowrootmode="open"><style>${shared.cssText}${appStyles.cssText}${choice}</style>${tags.map((tag) => inLanguage(tag, languages[tag].texts)).join('')}<slot></slot></template>`;
}

function inLanguage(tag: Tag, t: Messages): string {
  const titles = [t.nav.lab, ...Object.values(list).map((title) => title(t))];
  const options = tags.map((other) => `<option${other === tag ? ' selected' : ''}>${spoken[other].name}</option>`);
  return `<div data-shell="${tag}" hidden><header>
      <h1>${escaped(t.header.title)}</h1>
      <p>${escaped(t.header.lede)}</p>
      <div class="tools" inert>
        <label><span class="sr">${escaped(t.nav.language)}</span> <select class="language">${options.join('')}</select></label>
        <div><button type="button" class="open">${escaped(t.share.open)}</button></div>
      </div>
    </header> <nav aria-label="${escaped(t.nav.label)}" inert><ul>${titles.map((title, at) => `<li><a href="#"${at === 0 ? ' aria-current="location"' : ''}>${escaped(title)}</a></li>`).join(' ')}</ul></nav></div>`;
}
