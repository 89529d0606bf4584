/** The committed figures of all models. */
import { html } from 'lit';
import { classNames } from '../../lab/classes';
import { t } from '../../messages';
import { classes, figures } from '../figures';
import type { Section } from './section';

export const section: Section = {
  lede: () => t.metrics.lede,
  render: () => html`<vitrine-metrics-table .figures=${figures} .classes=${classNames(classes)}></vitrine-metrics-table>`,
};
