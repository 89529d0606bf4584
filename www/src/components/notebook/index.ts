/** Registers the notebook's components, once. */
import { CalibrationPanel } from './calibration-panel';
import { CellImages } from './cell-images';
import { ChartFigure } from './chart-figure';
import { ConfusionExplorer } from './confusion-explorer';
import { ModelDiagram } from './model-diagram';
import { ReportActions } from './report-actions';
import { SampleGrid } from './sample-grid';
import { SuspectList } from './suspect-list';

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  'calibration-panel': CalibrationPanel,
  'cell-images': CellImages,
  'chart-figure': ChartFigure,
  'confusion-explorer': ConfusionExplorer,
  'model-diagram': ModelDiagram,
  'report-actions': ReportActions,
  'sample-grid': SampleGrid,
  'suspect-list': SuspectList,
};

for (const [name, element] of Object.entries(elements)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
