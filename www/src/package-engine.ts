/** What `import 'vitrine-classifier/engine'` gives: bytes to answers in a worker, without any DOM. */
export { artefacts, type Places } from './artefacts/package';
export { type Artefacts, Engine, type Look } from './engine/engine';
export { CodedError } from './engine/failure';
export { type Limits, LIMITS } from './engine/limits';
export type { Port } from './engine/client';
export type { ModelFile, Published, Sight, Source, TestFiles, WasmFiles } from './engine/protocol';
export type { Answer, Measurement, ModelId, ModelStatus, Neighbour, Picture, Prepared, Recipe, Step } from './shapes';
