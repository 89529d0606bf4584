/**
 * More threads for a measurement: workers that the worker starts itself, from its own script and its compiled module.
 * They are let go when nothing was measured for a while.
 */
import { Client, type Port } from './client';
import type { Lane } from './measure';
import type { ModelFile } from './protocol';
import type { ModelId } from '../shapes';

/** More bring little: the caches are shared, and a phone gets warm. */
const MOST_THREADS = 8;
/** Milliseconds without a measurement after which helpers are ended. */
const IDLE = 20_000;

/** What helpers are made of. */
export interface Making {
  readonly spawn: () => Port;
  readonly module: () => WebAssembly.Module | undefined;
  /** Threads of this machine, as the browser tells. */
  readonly threads: number;
}

interface Helper {
  readonly client: Client;
  readonly end: () => void;
  readonly loaded: Map<ModelId, Promise<unknown>>;
  ready: Promise<unknown> | undefined;
}

export class Helpers {
  readonly #making: Making;
  #helpers: Helper[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(making: Making) {
    this.#making = making;
  }

  /** A lane for each thread beside the caller's own; a lane's promises reject when its helper is lost. */
  lanes(file: ModelFile): Lane[] {
    clearTimeout(this.#timer);
    const wanted = Math.min(this.#making.threads, MOST_THREADS) - 1;
    while (this.#helpers.length < wanted) this.#helpers.push(this.#start());
    return this.#helpers.map((helper) => ({
      ready: () => this.#ready(helper, file),
      predict: (pixels) => helper.client.call('predict', { model: file.model, pixels }),
    }));
  }

  /** Lets the helpers go, unless they are asked for again soon. */
  rest(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), IDLE);
  }

  /** Lets the helpers go. */
  end(): void {
    clearTimeout(this.#timer);
    for (const { end } of this.#helpers) end();
    this.#helpers = [];
  }

  #start(): Helper {
    let port: Port | undefined;
    const spawn = (): Port => (port = this.#making.spawn());
    const lost = (): void => {
      this.#helpers = this.#helpers.filter((other) => other !== helper);
    };
    const client = new Client(spawn, lost);
    const helper: Helper = { client, end: () => port?.terminate(), loaded: new Map(), ready: undefined };
    return helper;
  }

  async #ready(helper: Helper, file: ModelFile): Promise<void> {
    const { client, loaded } = helper;
    helper.ready ??= client.call('start', { module: this.#making.module() });
    await helper.ready;
    if (!loaded.has(file.model)) loaded.set(file.model, client.call('load', file));
    await loaded.get(file.model);
  }
}
