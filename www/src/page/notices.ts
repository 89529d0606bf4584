/** What the page has to say above everything else: a task, a problem, a new version, that there is no connection. */
import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../messages';
import type { Controller } from '../lab/controller';

export function notices(controller: Controller, reload: (() => void) | undefined): TemplateResult {
  const { problem, updated, task, offline } = controller.state;
  return html`
    ${task === ''
      ? nothing
      : html`<section class="notice task" aria-labelledby="task">
          <h2 id="task">${t.task.title}</h2>
          <p>${task}</p>
          <button type="button" @click=${() => controller.set({ task: '' })}>${t.task.dismiss}</button>
        </section>`}
    ${problem === undefined
      ? nothing
      : html`<div class="notice problem">
          <p><strong>${t.errors.title}.</strong> ${problem()}</p>
          <button type="button" @click=${() => controller.set({ problem: undefined })}>${t.errors.dismiss}</button>
        </div>`}
    ${updated
      ? html`<div class="notice">
          <p>${t.update.ready}</p>
          <button type="button" @click=${() => reload?.()}>${t.update.reload}</button>
        </div>`
      : nothing}
    ${offline ? html`<div class="notice"><p>${t.update.away}</p></div>` : nothing}
  `;
}
