/** Why the models answer as they do, whether the picture fits, and what breaks them. */
import { html } from 'lit';
import { t } from '../../messages';
import '../why/section';
import type { Section } from './section';

export const whySection: Section = {
  id: 'why',
  title: () => t.why.title,
  headed: true,
  render: ({ lab }) => html`<why-section
    .page=${lab.state}
    .engine=${lab.engine}
    @announce=${({ detail }: CustomEvent<string>) => lab.say(detail)}
  ></why-section>`,
};
