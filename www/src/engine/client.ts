/** The page's end of a worker: typed calls, cancellation, deadlines, and a fresh worker after a fault. */
import type { Failure, ModelId } from '../shapes';
import { CodedError, ended } from './failure';
import { type Limits, limitOf } from './limits';
import type { Calls, CallName, Reply, Request } from './protocol';

/** What the client needs of a `Worker`. */
export interface Port {
  postMessage(message: Request, transfer: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<Reply>) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** Why a worker was given up. */
export interface Fault {
  /** What it was computing. */
  readonly call: CallName | undefined;
  readonly model: ModelId | undefined;
  readonly failure: Failure;
  /** Whether it had ever said anything: one that has not will not the next time either. */
  readonly began: boolean;
}

interface Pending {
  readonly call: CallName;
  readonly model: ModelId | undefined;
  readonly progress: (progress: unknown) => void;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: CodedError) => void;
  /** Ticks without a word about this call. */
  silent: number;
}

/** Options of a call. */
export interface CallOptions<Name extends CallName> {
  readonly progress?: (progress: Calls[Name]['progress']) => void;
  readonly signal?: AbortSignal;
  readonly transfer?: Transferable[];
}

/** Limits of its own that a call is given although the worker talks of others: none of them waits for long. */
const STUCK = 3;

export class Client {
  readonly #spawn: () => Port;
  readonly #lost: (fault: Fault) => void;
  readonly #limits: Limits;
  readonly #pending = new Map<number, Pending>();
  #port: Port | undefined;
  #ended = false;
  #began = false;
  #lastId = 0;
  /** What the worker last said that it computes. */
  #asking: { readonly id: number; readonly model: ModelId | undefined } | undefined;
  /** Ticks without a word from the worker. */
  #silent = 0;
  #watch: ReturnType<typeof setInterval> | undefined;

  /** `lost`: called when a worker was given up; the next call starts a bare one. */
  constructor(spawn: () => Port, lost: (fault: Fault) => void, limits: Limits) {
    this.#spawn = spawn;
    this.#lost = lost;
    this.#limits = limits;
  }

  /**
   * Rejects with a `CodedError`: `cancelled` when `signal` fired and the call has no partial value, `stopped` or `timeout`
   * when it ended the worker, `restarted` when another call did, `worker` when there is none, `ended` after {@link end}.
   */
  call<Name extends CallName>(call: Name, ask: Calls[Name]['ask'], options: CallOptions<Name> = {}): Promise<Calls[Name]['value']> {
    const { progress, signal, transfer = [] } = options;
    if (this.#ended) return Promise.reject(ended());
    if (signal?.aborted) return Promise.reject(new CodedError('cancelled', 'cancelled'));
    const id = ++this.#lastId;
    let port: Port;
    try {
      port = this.#port ??= this.#listen(this.#spawn());
      port.postMessage({ id, call, ask } as Request, transfer);
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      return Promise.reject(this.#port ? new CodedError('parameter', `${call} could not be asked for (${reason})`) : unavailable(reason));
    }
    const cancel = (): void => {
      if (port === this.#port) port.postMessage({ id, call: 'cancel' }, []);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { call, model: modelOf(ask), progress: (part) => progress?.(part as Calls[Name]['progress']), resolve, reject, silent: 0 });
      this.#attend();
    });
    return answer.finally(() => signal?.removeEventListener('abort', cancel)) as Promise<Calls[Name]['value']>;
  }

  /** Ends the worker; what was asked of it, and what is asked from now on, is rejected. */
  end(): void {
    this.#ended = true;
    this.#drop(ended);
  }

  #listen(port: Port): Port {
    this.#began = false;
    this.#silent = 0;
    const current = (): boolean => port === this.#port;
    port.onmessage = ({ data }) => {
      if (current()) this.#hear(data);
    };
    port.onmessageerror = () => {
      if (current()) this.#giveUp(undefined, { code: 'stopped', message: 'the classifier stopped (its answer could not be read)' });
    };
    port.onerror = (event) => {
      event.preventDefault();
      if (!current()) return;
      const reason = event.message || 'no reason given';
      this.#giveUp(undefined, this.#began ? { code: 'stopped', message: `the classifier stopped (${reason})` } : unavailable(reason));
    };
    return port;
  }

  #hear(reply: Reply): void {
    this.#began = true;
    this.#silent = 0;
    if (reply.kind === 'alive') return;
    if (reply.kind === 'unread') {
      this.#giveUp(undefined, { code: 'stopped', message: 'the classifier stopped (a question could not be read)' });
      return;
    }
    const pending = this.#pending.get(reply.id);
    if (!pending) return;
    pending.silent = 0;
    switch (reply.kind) {
      case 'asking':
        this.#asking = { id: reply.id, model: reply.model };
        break;
      case 'progress':
        pending.progress(reply.progress);
        break;
      case 'value':
        this.#settled(reply.id);
        pending.resolve(reply.value);
        break;
      case 'error':
        if (reply.fatal) {
          this.#giveUp(reply.id, reply.error);
        } else {
          this.#settled(reply.id);
          pending.reject(new CodedError(reply.error.code, reply.error.message));
        }
        break;
    }
  }

  #settled(id: number): void {
    this.#pending.delete(id);
    this.#attend();
  }

  /** Looks at the clock as long as anything is pending. */
  #attend(): void {
    if (this.#pending.size === 0) {
      clearInterval(this.#watch);
      this.#watch = undefined;
    } else if (this.#watch === undefined) {
      this.#silent = 0;
      this.#watch = setInterval(() => this.#tick(), this.#limits.tick);
    }
  }

  #tick(): void {
    const { tick, step } = this.#limits;
    this.#silent += 1;
    for (const pending of this.#pending.values()) pending.silent += 1;
    const computing = this.#asking && this.#pending.get(this.#asking.id);
    const [late] = [...this.#pending].find(([, { call, silent }]) => {
      const limit = limitOf(call, this.#limits);
      return this.#silent * tick >= limit || silent * tick >= STUCK * limit;
    }) ?? [];
    const hangs = computing !== undefined && this.#silent * tick >= step;
    if (!hangs && late === undefined) return;
    const silence = `no answer for ${Math.round((this.#silent * tick) / 1000)} s`;
    this.#giveUp(hangs ? this.#asking?.id : late, this.#began ? { code: 'timeout', message: `the classifier was ended: ${silence}` } : unavailable(silence));
  }

  /** `id`: the call that is to blame, where it is known. */
  #giveUp(id: number | undefined, failure: Failure): void {
    const blamed = id ?? this.#asking?.id;
    const call = blamed === undefined ? undefined : this.#pending.get(blamed);
    const model = blamed !== undefined && blamed === this.#asking?.id ? this.#asking.model : call?.model;
    const began = this.#began;
    const reason = (own: boolean): CodedError =>
      own || !began ? new CodedError(failure.code, failure.message, model) : new CodedError('restarted', 'the classifier was restarted meanwhile');
    this.#drop((pending) => reason(pending === call));
    this.#lost({ call: call?.call, model: call && model, failure, began });
  }

  #drop(reason: (pending: Pending) => CodedError): void {
    const port = this.#port;
    this.#port = undefined;
    this.#asking = undefined;
    if (port) {
      port.onmessage = port.onmessageerror = port.onerror = null;
      port.terminate();
    }
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    this.#attend();
    for (const one of pending) one.reject(reason(one));
  }
}

/** The model that is named in an ask. */
function modelOf(ask: unknown): ModelId | undefined {
  const { model, file } = (ask ?? {}) as { model?: ModelId; file?: { model?: ModelId } };
  return model ?? file?.model;
}

const unavailable = (reason: string): CodedError => new CodedError('worker', `the classifier could not be started (${reason})`);
