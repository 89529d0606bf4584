/** The explorer of confusions by itself: the one section of the notebook that a frame may show. */
import { html, type TemplateResult } from 'lit';
import type { Page } from '../page/sections/section';

export function explorer({ lab, measuring }: Page): TemplateResult {
  return html`<vitrine-notebook-slot
    brief
    .engine=${lab.engine}
    .trials=${measuring.state.trials}
    .statuses=${lab.state.statuses}
    .testSet=${lab.state.testSet}
    .measuring=${measuring.state.running}
    @measure-start=${() => void measuring.start()}
  ></vitrine-notebook-slot>`;
}
