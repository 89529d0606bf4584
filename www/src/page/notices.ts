/** What the page has to say above everything else: a task, a problem, a new version, that there is no connection. */
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { passFocus } from '../components/focus';
import { foreign } from '../components/foreign';
import { t } from '../messages';
import type { Lab } from '../lab/controller';
import { reloadAnew } from '../reload';

/** Shows a notice above the page, at the foot of the view: its cause may be anywhere. A browser that cannot leaves it in its place. */
function raise(notice: Element | undefined): void {
  if (!(notice instanceof HTMLElement) || !('showPopover' in notice)) return;
  queueMicrotask(() => {
    if (notice.isConnected && !notice.matches(':popover-open')) notice.showPopover();
  });
}

/** `reload`: changes over to a new version, when there is one. `away`: what it means that there is no connection. */
export function notices(lab: Lab, reload: (() => void) | undefined, away: string | undefined): TemplateResult {
  const { problem, isStuck, task } = lab.state;
  return html`
    ${task === ''
      ? nothing
      : html`<section class="notice task" aria-labelledby="task">
          <h2 id="task">${t.task.title}</h2>
          <p dir="auto">${task}</p>
          <button type="button" @click=${(event: Event) => leave(event, () => lab.set({ task: '' }))}>${t.task.dismiss}</button>
        </section>`}
    ${problem === undefined
      ? nothing
      : html`<div class="notice problem" popover="manual" ${ref(raise)}>
          <p><strong>${t.errors.title}.</strong> ${foreign(problem())}</p>
          ${isStuck ? html`<button type="button" @click=${() => void reloadAnew()}>${t.absence.reload}</button>` : nothing}
          <button type="button" @click=${(event: Event) => leave(event, () => lab.set({ problem: undefined }))}>${t.errors.dismiss}</button>
        </div>`}
    ${reload
      ? html`<div class="notice">
          <p>${t.update.ready}</p>
          <button type="button" @click=${reload}>${t.update.reload}</button>
        </div>`
      : nothing}
    ${away === undefined ? nothing : html`<div class="notice"><p>${away}</p></div>`}
  `;
}

/** Takes a notice away; the focus goes to the next one's control, or to the garment. */
function leave({ currentTarget }: Event, act: () => void): void {
  const button = currentTarget as HTMLElement;
  const root = button.getRootNode() as ShadowRoot;
  const others = [...root.querySelectorAll<HTMLElement>('.notice button')].filter((other) => other !== button);
  passFocus(others[0] ?? root.querySelector<HTMLElement>('#subject'));
  act();
}
