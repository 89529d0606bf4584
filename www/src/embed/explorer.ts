/** The explorer of confusions by itself: the one section of the notebook that a frame may show. */
import { html, type TemplateResult } from 'lit';
import type { MeasureStartEvent, TestFilesEvent } from '../components/events';
import type { Page } from '../page/sections/section';

export function explorer({ lab, measuring, views }: Page): TemplateResult {
  return html`<vitrine-notebook-slot
    brief
    .engine=${lab.engine}
    .views=${views}
    .trials=${measuring.state.trials}
    .statuses=${lab.state.statuses}
    .testSet=${lab.state.testSet}
    .measuring=${measuring.state.running}
    @test-files=${({ files }: TestFilesEvent) => measuring.takeTestFiles(files)}
    @measure-start=${({ models }: MeasureStartEvent) => void measuring.start(models)}
  ></vitrine-notebook-slot>`;
}
