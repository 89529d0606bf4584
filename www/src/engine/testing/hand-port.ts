/** A worker that a test plays by hand. */
import type { Port } from '../client';
import type { CallName, Calls, Reply, Request } from '../protocol';

type Asked<Name extends CallName> = { [One in Name]: { readonly id: number; readonly call: One; readonly ask: Calls[One]['ask'] } }[Name];

export class HandPort implements Port {
  readonly sent: Request[] = [];
  terminated = false;
  onmessage: ((event: MessageEvent<Reply>) => void) | null = null;
  onmessageerror: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  /** Answers what it is asked by itself; `undefined` leaves it to the test. */
  readonly #answer: ((request: Request, port: HandPort) => void) | undefined;

  constructor(answer?: (request: Request, port: HandPort) => void) {
    this.#answer = answer;
  }

  postMessage(message: Request): void {
    // As structured clones do: what is changed later is not what was sent.
    this.sent.push(message);
    if (this.#answer) queueMicrotask(() => this.#answer?.(message, this));
  }

  terminate(): void {
    this.terminated = true;
  }

  reply(data: Reply): void {
    this.onmessage?.({ data } as MessageEvent<Reply>);
  }

  value(id: number | undefined, value: unknown): void {
    this.reply({ id: id ?? -1, kind: 'value', value });
  }

  /** Ends a call so that the instance is unusable. */
  stop(id: number | undefined): void {
    this.reply({ id: id ?? -1, kind: 'error', error: { code: 'stopped', message: 'unreachable' }, fatal: true });
  }

  /** The requests of a call, oldest first. */
  asked<Name extends CallName>(name: Name): Asked<Name>[] {
    return this.sent.filter((request) => request.call === name) as unknown as Asked<Name>[];
  }

  /** What was asked of it last. */
  get last(): Request | undefined {
    return this.sent.at(-1);
  }
}
