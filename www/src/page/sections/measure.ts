/** Measuring the models in this browser. */
import { html } from 'lit';
import { t } from '../../messages';
import { figures } from '../figures';
import type { Section } from './section';

export const measureSection: Section = {
  id: 'measure',
  title: () => t.measure.title,
  lede: () => t.measure.lede,
  render: (controller) => {
    const { state } = controller;
    return html`<measure-panel
      .trials=${state.trials}
      .figures=${figures}
      .running=${state.measuring}
      .available=${[...state.statuses.values()].some(({ kind }) => kind === 'ready')}
      .testSet=${state.testSet}
      @measure-start=${() => void controller.measure()}
      @measure-cancel=${() => controller.cancelMeasure()}
      @test-files=${({ detail }: CustomEvent<File[]>) => void controller.takeTestFiles(detail)}
    ></measure-panel>`;
  },
};
