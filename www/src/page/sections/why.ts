/** Why the models answer as they do, whether the picture fits, and what breaks them. */
import { html } from 'lit';
import type { AnnounceEvent } from '../../components/events';
import { WhySection } from '../why/section';
import type { Section } from './section';

export const section: Section = {
  headed: true,
  elements: { 'vitrine-why-section': WhySection },
  render: ({ lab, views }) => html`<vitrine-why-section
    .page=${lab.state}
    .engine=${lab.engine}
    .views=${views}
    @announce=${({ text }: AnnounceEvent) => lab.say(text)}
  ></vitrine-why-section>`,
};
