/** What `import 'vitrine-classifier'` gives: the element's class, without defining it, and what it speaks of. */
export { artefacts, type Places } from './artefacts/package';
export { VitrineClassifier } from './element/classifier';
export { VitrineAnswerEvent, VitrineErrorEvent, VitrineLoadEvent, VitrineProgressEvent } from './element/events';
export type { ModelAnswer, Result } from './element/result';
export type { PictureSource } from './element/source';
export type { Control } from './element/tokens';
export type { ModelId, Picture, Prepared, Recipe, Step } from './shapes';
