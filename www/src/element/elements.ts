/** `<vitrine-classifier>` and what is in it, under their names. Importing it has no effect. */
// The names of all components, for TypeScript.
import type {} from '../components';
import { AnswerVerdict } from '../components/answer-verdict';
import { CameraView } from '../components/camera-view';
import { ImageDrop } from '../components/image-drop';
import { ModelChoice } from '../components/model-choice';
import { ModelInput } from '../components/model-input';
import { NearestNeighbours } from '../components/nearest-neighbours';
import { PictureRegion } from '../components/picture-region';
import { PictureView } from '../components/picture-view';
import { PixelView } from '../components/pixel-view';
import { ProbabilityBars } from '../components/probability-bars';
import { SketchPad } from '../components/sketch/sketch-pad';
import { speaksInContext } from '../messages/context';
import { type Elements, register } from '../register';
import { VitrineClassifier } from './classifier';

const inner = {
  'vitrine-answer-verdict': AnswerVerdict,
  'vitrine-camera-view': CameraView,
  'vitrine-image-drop': ImageDrop,
  'vitrine-model-choice': ModelChoice,
  'vitrine-model-input': ModelInput,
  'vitrine-nearest-neighbours': NearestNeighbours,
  'vitrine-picture-region': PictureRegion,
  'vitrine-picture-view': PictureView,
  'vitrine-pixel-view': PixelView,
  'vitrine-probability-bars': ProbabilityBars,
  'vitrine-sketch-pad': SketchPad,
} satisfies Elements;

/** Defines all of them, once, and not where there are no elements. Whoever came first, another version too, stays. */
export function defineClassifier(): void {
  // A server has no document.
  if (!('document' in globalThis) || customElements.get('vitrine-classifier')) return;
  const taken = Object.keys(inner).filter((name) => customElements.get(name));
  if (taken.length === 0) {
    for (const element of [VitrineClassifier, ...Object.values(inner)]) speaksInContext(element);
    register(inner);
    register({ 'vitrine-classifier': VitrineClassifier });
  } else {
    // What stands in the page shows what is between its tags.
    reportError(new Error(`<vitrine-classifier> is not defined: another script has taken ${taken.map((name) => `<${name}>`).join(', ')}; load one of the two`));
  }
}
