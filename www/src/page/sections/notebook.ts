/** What the data set is like, what is inside the models, where they go wrong, and how far to trust them. */
import { html } from 'lit';
import { t } from '../../messages';
import '../notebook/slot';
import type { Section } from './section';

export const notebookSection: Section = {
  id: 'notebook',
  title: () => t.notebook.title,
  headed: true,
  render: ({ lab, measuring }) => html`<notebook-slot
    .engine=${lab.engine}
    .trials=${measuring.state.trials}
    .statuses=${lab.state.statuses}
    .testSet=${lab.state.testSet}
    .measuring=${measuring.state.running}
    @measure-start=${() => void measuring.start()}
  ></notebook-slot>`,
};
