/** Measuring the models in this browser. */
import { html } from 'lit';
import type { MeasureStartEvent, TestFilesEvent } from '../../components/events';
import { t } from '../../messages';
import { figures } from '../figures';
import type { Section } from './section';

export const section: Section = {
  lede: () => t.measure.lede,
  render: ({ lab, measuring }) => html`<vitrine-measure-panel
    .trials=${measuring.state.trials}
    .figures=${figures}
    .running=${measuring.state.running}
    .available=${[...lab.state.statuses.values()].some(({ kind }) => kind === 'ready')}
    .testSet=${lab.state.testSet}
    @measure-start=${({ models }: MeasureStartEvent) => void measuring.start(models)}
    @measure-cancel=${() => measuring.cancel()}
    @test-files=${({ files }: TestFilesEvent) => measuring.takeTestFiles(files)}
  ></vitrine-measure-panel>`,
};
