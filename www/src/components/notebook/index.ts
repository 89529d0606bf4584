/** The notebook's components under their names. */
import type { Elements } from '../../register';
import { CalibrationPanel } from './calibration-panel';
import { CellImages } from './cell-images';
import { ChartFigure } from './chart-figure';
import { ConfusionExplorer } from './confusion-explorer';
import { ImageWalk } from './image-walk';
import { ModelDiagram } from './model-diagram';
import { PlaceList } from './place-list';
import { ReportActions } from './report-actions';
import { SampleGrid } from './sample-grid';
import { SuspectList } from './suspect-list';

export const elements = {
  'vitrine-calibration-panel': CalibrationPanel,
  'vitrine-cell-images': CellImages,
  'vitrine-chart-figure': ChartFigure,
  'vitrine-confusion-explorer': ConfusionExplorer,
  'vitrine-image-walk': ImageWalk,
  'vitrine-model-diagram': ModelDiagram,
  'vitrine-place-list': PlaceList,
  'vitrine-report-actions': ReportActions,
  'vitrine-sample-grid': SampleGrid,
  'vitrine-suspect-list': SuspectList,
} satisfies Elements;

declare global {
  interface HTMLElementTagNameMap {
    'vitrine-calibration-panel': CalibrationPanel;
    'vitrine-cell-images': CellImages;
    'vitrine-chart-figure': ChartFigure;
    'vitrine-confusion-explorer': ConfusionExplorer;
    'vitrine-image-walk': ImageWalk;
    'vitrine-model-diagram': ModelDiagram;
    'vitrine-place-list': PlaceList;
    'vitrine-report-actions': ReportActions;
    'vitrine-sample-grid': SampleGrid;
    'vitrine-suspect-list': SuspectList;
  }
}
