/** What the data set is like, what is inside the models, where they go wrong, and how far to trust them. */
import { html } from 'lit';
import { t } from '../../messages';
import '../notebook/slot';
import type { Section } from './section';

export const notebookSection: Section = {
  id: 'notebook',
  title: () => t.notebook.title,
  headed: true,
  render: (controller) => html`<notebook-slot
    .engine=${controller.engine}
    .state=${controller.state}
    @measure-start=${() => void controller.measure()}
  ></notebook-slot>`,
};
