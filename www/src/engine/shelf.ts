/** The models as the engine knows them: where each stands, and the bytes of those that have come. */
import type { Failure, ModelId, ModelStatus } from '../shapes';
import { CodedError, ended, failure } from './failure';
import type { ModelFile } from './protocol';

interface Place {
  /** With its bytes once they have come: they are not fetched twice. */
  file: ModelFile;
  status: ModelStatus;
  waiting: ((status: ModelStatus) => void)[];
}

export class Shelf {
  readonly #places: ReadonlyMap<ModelId, Place>;
  readonly #tell: (model: ModelId, status: ModelStatus) => void;

  /** `tell`: called whenever a model's status changes. */
  constructor(files: readonly ModelFile[], tell: (model: ModelId, status: ModelStatus) => void) {
    this.#places = new Map(files.map((file) => [file.model, { file, status: { kind: 'waiting' }, waiting: [] }]));
    this.#tell = tell;
  }

  /** In the order in which they load. */
  get models(): readonly ModelId[] {
    return [...this.#places.keys()];
  }

  /** Throws `parameter` of a model that is not there. */
  file(model: ModelId): ModelFile {
    return this.#place(model).file;
  }

  status(model: ModelId): ModelStatus {
    return this.#place(model).status;
  }

  put(model: ModelId, status: ModelStatus): void {
    const place = this.#place(model);
    place.status = status;
    if (status.kind === 'ready' || status.kind === 'failed') for (const heard of place.waiting.splice(0)) heard(status);
    this.#tell(model, status);
  }

  keep(model: ModelId, bytes: Uint8Array<ArrayBuffer>): void {
    const place = this.#place(model);
    place.file = { ...place.file, source: bytes };
  }

  /** Those that stand so. */
  all(kind: ModelStatus['kind']): ModelId[] {
    return [...this.#places].flatMap(([model, { status }]) => (status.kind === kind ? [model] : []));
  }

  /** Why a model failed. */
  failure(model: ModelId): Failure | undefined {
    const { status } = this.#place(model);
    return status.kind === 'failed' ? status.failure : undefined;
  }

  /** Resolves when it is ready, rejects with what it failed of. */
  async ready(model: ModelId): Promise<void> {
    const place = this.#place(model);
    const settled = place.status.kind === 'ready' || place.status.kind === 'failed';
    const status = settled ? place.status : await new Promise<ModelStatus>((resolve) => place.waiting.push(resolve));
    if (status.kind === 'failed') throw new CodedError(status.failure.code, status.failure.message, model);
  }

  /** Nothing is waited for any more. */
  end(): void {
    for (const place of this.#places.values()) for (const heard of place.waiting.splice(0)) heard({ kind: 'failed', failure: failure(ended()) });
  }

  #place(model: ModelId): Place {
    const place = this.#places.get(model);
    if (!place) throw new CodedError('parameter', `there is no model ${model}`);
    return place;
  }
}
