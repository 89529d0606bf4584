/** Every component under its name. */
import type { Elements } from '../register';
import { AnswerLine } from './answer-line';
import { AnswerVerdict } from './answer-verdict';
import { CameraView } from './camera-view';
import { ConfusionMatrix } from './confusion-matrix';
import { ExampleRow } from './example-row';
import { ImageDrop } from './image-drop';
import { MeasurePanel } from './measure-panel';
import { MetricsTable } from './metrics-table';
import { ModelChoice } from './model-choice';
import { ModelInput } from './model-input';
import { NearestNeighbours } from './nearest-neighbours';
import { PictureRegion } from './picture-region';
import { PictureView } from './picture-view';
import { PixelView } from './pixel-view';
import { ProbabilityBars } from './probability-bars';
import { SharePanel } from './share-panel';
import { SketchPad } from './sketch/sketch-pad';
import { TestFiles } from './test-files';

export const elements = {
  'vitrine-answer-line': AnswerLine,
  'vitrine-answer-verdict': AnswerVerdict,
  'vitrine-camera-view': CameraView,
  'vitrine-confusion-matrix': ConfusionMatrix,
  'vitrine-example-row': ExampleRow,
  'vitrine-image-drop': ImageDrop,
  'vitrine-measure-panel': MeasurePanel,
  'vitrine-metrics-table': MetricsTable,
  'vitrine-model-choice': ModelChoice,
  'vitrine-model-input': ModelInput,
  'vitrine-nearest-neighbours': NearestNeighbours,
  'vitrine-picture-region': PictureRegion,
  'vitrine-picture-view': PictureView,
  'vitrine-pixel-view': PixelView,
  'vitrine-probability-bars': ProbabilityBars,
  'vitrine-share-panel': SharePanel,
  'vitrine-sketch-pad': SketchPad,
  'vitrine-test-files': TestFiles,
} satisfies Elements;

declare global {
  interface HTMLElementTagNameMap {
    'vitrine-answer-line': AnswerLine;
    'vitrine-answer-verdict': AnswerVerdict;
    'vitrine-camera-view': CameraView;
    'vitrine-confusion-matrix': ConfusionMatrix;
    'vitrine-example-row': ExampleRow;
    'vitrine-image-drop': ImageDrop;
    'vitrine-measure-panel': MeasurePanel;
    'vitrine-metrics-table': MetricsTable;
    'vitrine-model-choice': ModelChoice;
    'vitrine-model-input': ModelInput;
    'vitrine-nearest-neighbours': NearestNeighbours;
    'vitrine-picture-region': PictureRegion;
    'vitrine-picture-view': PictureView;
    'vitrine-pixel-view': PixelView;
    'vitrine-probability-bars': ProbabilityBars;
    'vitrine-share-panel': SharePanel;
    'vitrine-sketch-pad': SketchPad;
    'vitrine-test-files': TestFiles;
  }
}
