/** The engine of the test build alone, without a page around it: `globalThis.engine`, `globalThis.statuses`, an event `status`. */
import { Engine } from '../src/engine/engine';
import type { ModelStatus } from '../src/shapes';
import { artefacts } from './site';

const statuses = new Map<string, ModelStatus>();
const engine = new Engine(artefacts, (model, status) => {
  statuses.set(model, status);
  globalThis.dispatchEvent(new Event('status'));
});
Object.assign(globalThis, { engine, statuses });
engine.start();
