/** An engine over workers that a test plays. */
import { vi } from 'vitest';
import type { ModelStatus } from '../../shapes';
import { Engine, type Artefacts, type Look } from '../engine';
import type { ModelFile, Request, Sight } from '../protocol';
import { HandPort } from './hand-port';

export const module = {} as WebAssembly.Module;
export const file = (model: string, kind: ModelFile['kind'] = 'network'): ModelFile => ({ model, kind, path: `${model}.file`, source: `/${model}`, bytes: 1, sha256: '', thumbnails: undefined });
export const files = [file('mlp'), file('cnn'), file('knn', 'index')];
export const bytes = (model: string): Uint8Array => new TextEncoder().encode(model);

/** What workers answer by themselves; a test takes calls away to answer them itself. */
const usual = {
  start: () => ({ module }),
  load: (ask) => ({ labels: ['a', 'b'], bytes: bytes((ask as { file: ModelFile }).file.model) }),
  look: () => null,
  open: () => ({ length: 70, files: { images: new Blob(['i']), labels: new Blob(['l']) } }),
  sample: () => ({ picture, label: 1 }),
  join: () => true,
  serve: undefined,
  measure: () => 'measured',
} as const satisfies Record<string, ((ask: unknown) => unknown) | undefined>;

export const picture = { rgba: new Uint8ClampedArray(4), width: 1, height: 1 };

export interface Play {
  readonly engine: Engine;
  readonly ports: HandPort[];
  readonly told: [string, ModelStatus['kind']][];
  readonly statuses: Map<string, ModelStatus>;
  /** Calls that workers leave to the test. */
  readonly held: Set<string>;
  /** The newest worker. */
  readonly worker: () => HandPort;
}

export function play(own: Partial<Artefacts> = {}, ...held: string[]): Play {
  const ports: HandPort[] = [];
  const told: Play['told'] = [];
  const statuses: Play['statuses'] = new Map();
  const kept = new Set(held);
  const answer = (request: Request, port: HandPort): void => {
    if (request.call === 'cancel' || kept.has(request.call)) return;
    const value = (usual as Record<string, ((ask: unknown) => unknown) | undefined>)[request.call]?.(request.ask);
    if (value !== undefined) port.value(request.id, value);
  };
  const spawn = (): HandPort => {
    const port = new HandPort(answer);
    ports.push(port);
    return port;
  };
  const artefacts = { wasm: { plain: '/plain', relaxed: '/relaxed' }, models: files, labels: [], testSet: { images: '/i', labels: '/l' }, spawn, ...own };
  const engine = new Engine(artefacts, (model, status) => {
    told.push([model, status.kind]);
    statuses.set(model, status);
  });
  return { engine, ports, told, statuses, held: kept, worker: () => ports.at(-1) ?? new HandPort() };
}

/** Lets everything that is ready to happen happen. */
export const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
export const kinds = ({ statuses }: Play): unknown => Object.fromEntries([...statuses].map(([model, { kind }]) => [model, kind]));
export const all = (kind: ModelStatus['kind']): Record<string, string> => ({ mlp: kind, cnn: kind, knn: kind });

interface Looked {
  readonly sights: Sight[];
  readonly ends: (string | undefined)[];
}

export function look(engine: Engine, number: number): Looked {
  const looked: Looked = { sights: [], ends: [] };
  const asked: Look = { number, picture, recipe: 'auto', switched: [], see: (sight) => looked.sights.push(sight), end: (problem) => looked.ends.push(problem?.code) };
  engine.look(asked);
  return looked;
}
