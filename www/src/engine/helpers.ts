/**
 * More threads for measurements. The page starts them, and joins each with the first worker by a `MessageChannel`: no worker
 * starts another, which Firefox can hang in. Each serves one measurement at a time, and is let go when it was idle for a while.
 */
import { Client, type Port } from './client';
import type { Limits } from './limits';
import type { ModelFile } from './protocol';
import type { ModelId } from '../shapes';

/** More bring little: the caches are shared, and a phone gets warm. */
const MOST_THREADS = 8;

/** What helpers are made of. */
export interface Making {
  readonly spawn: () => Port;
  /** Threads of this machine, as the browser tells. */
  readonly threads: number;
  readonly limits: Limits;
}

/** What helpers share. */
export interface Work {
  readonly module: WebAssembly.Module;
  readonly file: ModelFile;
  /** Hands the first worker the other end; whether the measurement still runs. */
  readonly join: (port: MessagePort) => Promise<boolean>;
}

interface Helper {
  readonly client: Client;
  readonly loaded: Set<ModelId>;
  started: boolean;
  /** Whether a measurement has it. */
  busy: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export class Helpers {
  readonly #making: Making;
  readonly #helpers = new Set<Helper>();
  #ended = false;

  constructor(making: Making) {
    this.#making = making;
  }

  /** Has idle and new helpers share a measurement, until `signal` fires. None is waited for. */
  share(work: Work, signal: AbortSignal): void {
    if (this.#ended) return;
    const wanted = Math.min(this.#making.threads, MOST_THREADS) - 1;
    const idle = [...this.#helpers].filter(({ busy }) => !busy);
    while (this.#helpers.size < wanted) idle.push(this.#start());
    for (const helper of idle) {
      clearTimeout(helper.timer);
      helper.busy = true;
      // One that cannot help is let go: the measurement goes on without it.
      this.#help(helper, work, signal).catch(() => this.#end(helper));
    }
  }

  /** Lets all of them go; nobody is helped from now on. */
  end(): void {
    this.#ended = true;
    for (const helper of this.#helpers) this.#end(helper);
  }

  #start(): Helper {
    const { spawn, limits } = this.#making;
    const client = new Client(spawn, () => this.#end(helper), limits);
    const helper: Helper = { client, loaded: new Set(), started: false, busy: false, timer: undefined };
    this.#helpers.add(helper);
    return helper;
  }

  async #help(helper: Helper, { module, file, join }: Work, signal: AbortSignal): Promise<void> {
    const { client, loaded } = helper;
    // Were it hung, it would not say that it is idle again.
    signal.addEventListener('abort', () => this.#rest(helper), { once: true });
    if (!helper.started) await client.call('start', { wasm: module, stall: this.#making.limits.stall, anew: false, cache: undefined });
    helper.started = true;
    if (!loaded.has(file.model)) await client.call('load', { file, anew: false });
    loaded.add(file.model);
    if (!signal.aborted) {
      const { port1, port2 } = new MessageChannel();
      const served = client.call('serve', { port: port1 }, { signal, transfer: [port1] });
      const joined = join(port2).then((isRunning) => {
        if (!isRunning) throw new Error('the measurement has ended');
      });
      await Promise.all([served, joined]);
    }
    helper.busy = false;
  }

  #rest(helper: Helper): void {
    if (!this.#helpers.has(helper)) return;
    clearTimeout(helper.timer);
    helper.timer = setTimeout(() => this.#end(helper), this.#making.limits.idle);
  }

  #end(helper: Helper): void {
    clearTimeout(helper.timer);
    this.#helpers.delete(helper);
    helper.client.end();
  }
}
