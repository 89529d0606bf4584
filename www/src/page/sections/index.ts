/** The sections below the lab, in order. A new one is a line here. */
import { figuresSection } from './figures';
import { measureSection } from './measure';
import { notebookSection } from './notebook';
import type { Section } from './section';
import { whySection } from './why';

export const sections: readonly Section[] = [whySection, figuresSection, measureSection, notebookSection];
