/** What the data set is like, what is inside the models, where they go wrong, and how far to trust them. */
import { html } from 'lit';
import type { MeasureStartEvent } from '../../components/events';
import { NotebookSlot } from '../notebook/slot';
import type { Section } from './section';

export const section: Section = {
  headed: true,
  elements: { 'vitrine-notebook-slot': NotebookSlot },
  render: ({ lab, measuring, views }) => html`<vitrine-notebook-slot
    .engine=${lab.engine}
    .views=${views}
    .trials=${measuring.state.trials}
    .statuses=${lab.state.statuses}
    .testSet=${lab.state.testSet}
    .measuring=${measuring.state.running}
    @measure-start=${({ models }: MeasureStartEvent) => void measuring.start(models)}
  ></vitrine-notebook-slot>`,
};
