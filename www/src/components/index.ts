/** Registers every component, once. */
import { AnswerVerdict } from './answer-verdict';
import { CameraView } from './camera-view';
import { ConfusionMatrix } from './confusion-matrix';
import { ImageDrop } from './image-drop';
import { MeasurePanel } from './measure-panel';
import { MetricsTable } from './metrics-table';
import { ModelChoice } from './model-choice';
import { ModelInput } from './model-input';
import { NearestNeighbours } from './nearest-neighbours';
import { PictureView } from './picture-view';
import { PixelView } from './pixel-view';
import { ProbabilityBars } from './probability-bars';
import { SharePanel } from './share-panel';
import { SketchPad } from './sketch/sketch-pad';

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  'answer-verdict': AnswerVerdict,
  'camera-view': CameraView,
  'confusion-matrix': ConfusionMatrix,
  'image-drop': ImageDrop,
  'measure-panel': MeasurePanel,
  'metrics-table': MetricsTable,
  'model-choice': ModelChoice,
  'model-input': ModelInput,
  'nearest-neighbours': NearestNeighbours,
  'picture-view': PictureView,
  'pixel-view': PixelView,
  'probability-bars': ProbabilityBars,
  'share-panel': SharePanel,
  'sketch-pad': SketchPad,
};

for (const [name, element] of Object.entries(elements)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
