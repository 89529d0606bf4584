/** The page's end of the worker: typed calls, cancellation, and a fresh worker after a panic. */
import { CodedError } from './failure';
import type { Calls, CallName, Reply, Request } from './protocol';

/** What the client needs of a `Worker`. */
export interface Port {
  postMessage(message: Request): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<Reply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

interface Pending {
  readonly progress: (progress: unknown) => void;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Options of a call. */
export interface CallOptions<Name extends CallName> {
  readonly progress?: (progress: Calls[Name]['progress']) => void;
  readonly signal?: AbortSignal;
}

export class Client {
  readonly #spawn: () => Port;
  readonly #lost: () => void;
  readonly #pending = new Map<number, Pending>();
  #port: Port | undefined;
  #lastId = 0;

  /** `lost`: called when a worker was given up; the next call starts a bare one. */
  constructor(spawn: () => Port, lost: () => void) {
    this.#spawn = spawn;
    this.#lost = lost;
  }

  /** Rejects with a `CodedError`: `cancelled` when `signal` fired and the call has no partial value. */
  call<Name extends CallName>(call: Name, ask: Calls[Name]['ask'], options: CallOptions<Name> = {}): Promise<Calls[Name]['value']> {
    const { progress, signal } = options;
    if (signal?.aborted) return Promise.reject(new CodedError('cancelled', 'cancelled'));
    const port = (this.#port ??= this.#listen(this.#spawn()));
    const id = ++this.#lastId;
    const cancel = (): void => this.#port?.postMessage({ id, call: 'cancel' });
    signal?.addEventListener('abort', cancel, { once: true });
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { progress: (part) => progress?.(part as Calls[Name]['progress']), resolve, reject });
      port.postMessage({ id, call, ask } as Request);
    });
    return answer.finally(() => signal?.removeEventListener('abort', cancel)) as Promise<Calls[Name]['value']>;
  }

  #listen(port: Port): Port {
    port.onmessage = ({ data }) => this.#hear(data);
    port.onerror = (event) => {
      event.preventDefault();
      this.#giveUp(new CodedError('internal', `the classifier could not be started; reload the page (${event.message || 'no reason given'})`));
    };
    return port;
  }

  #hear(reply: Reply): void {
    const pending = this.#pending.get(reply.id);
    if (!pending) return;
    if (reply.kind === 'progress') {
      pending.progress(reply.progress);
      return;
    }
    this.#pending.delete(reply.id);
    if (reply.kind === 'value') {
      pending.resolve(reply.value);
    } else {
      pending.reject(new CodedError(reply.error.code, reply.error.message));
      if (reply.fatal) this.#giveUp(new CodedError('restarted', 'the classifier was restarted meanwhile'));
    }
  }

  #giveUp(reason: Error): void {
    this.#port?.terminate();
    this.#port = undefined;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(reason);
    this.#lost();
  }
}
