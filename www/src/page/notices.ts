/** What the page has to say above everything else: a task, a problem, a new version, that there is no connection. */
import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../messages';
import type { Lab } from '../lab/controller';

/** `reload`: changes over to a new version, when one waits. */
export function notices(lab: Lab, reload: (() => void) | undefined, offline: boolean): TemplateResult {
  const { problem, task } = lab.state;
  return html`
    ${task === ''
      ? nothing
      : html`<section class="notice task" aria-labelledby="task">
          <h2 id="task">${t.task.title}</h2>
          <p dir="auto">${task}</p>
          <button type="button" @click=${() => lab.set({ task: '' })}>${t.task.dismiss}</button>
        </section>`}
    ${problem === undefined
      ? nothing
      : html`<div class="notice problem">
          <p><strong>${t.errors.title}.</strong> ${problem()}</p>
          <button type="button" @click=${() => lab.set({ problem: undefined })}>${t.errors.dismiss}</button>
        </div>`}
    ${reload
      ? html`<div class="notice">
          <p>${t.update.ready}</p>
          <button type="button" @click=${reload}>${t.update.reload}</button>
        </div>`
      : nothing}
    ${offline ? html`<div class="notice"><p>${t.update.away}</p></div>` : nothing}
  `;
}
