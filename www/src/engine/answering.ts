/** The worker's end of a port: hears calls, has handlers answer them, and says whom they ask. It names no wasm package. */
import { failure, isFatal } from './failure';
import type { CallName, Course, Handler, Handlers, Reply, Request } from './protocol';

/** A port that calls come from: a worker's own global, or a `MessagePort`. */
export interface Mouth {
  postMessage(message: Reply, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}

const moved = new WeakMap<object, Transferable[]>();

/** `value`, of which `parts` change threads instead of being copied. */
export function moving<Value extends object>(value: Value, parts: Transferable[]): Value {
  moved.set(value, parts);
  return value;
}

/** `broken`: told what ended the instance, when a call from this port did. */
export function answerAt<Names extends CallName>(mouth: Mouth, handlers: Handlers<Names>, broken: (thrown: unknown) => void = () => undefined): void {
  const running = new Map<number, AbortController>();
  let asking: string | undefined;

  const answer = async ({ id, call, ask }: Exclude<Request, { call: 'cancel' }>): Promise<void> => {
    const abort = new AbortController();
    const { signal } = abort;
    running.set(id, abort);
    const course: Course<CallName> = {
      signal,
      progress: (progress) => mouth.postMessage({ id, kind: 'progress', progress }, []),
      asking: (model) => {
        const now = `${id} ${model ?? ''}`;
        if (now === asking) return;
        asking = now;
        mouth.postMessage({ id, kind: 'asking', model }, []);
      },
    };
    try {
      // Each call's handler takes that call's ask: TypeScript cannot follow the pairing through the union.
      const handler = handlers[call as Names] as unknown as Handler<CallName>;
      const value = await handler(ask, course);
      const parts = typeof value === 'object' && value ? moved.get(value) : undefined;
      mouth.postMessage({ id, kind: 'value', value }, parts ?? []);
    } catch (thrown) {
      const fatal = isFatal(thrown, signal);
      const error = signal.aborted && !fatal ? { code: 'cancelled', message: 'cancelled' } : failure(thrown);
      mouth.postMessage({ id, kind: 'error', error, fatal }, []);
      if (fatal) broken(thrown);
    } finally {
      running.delete(id);
    }
  };

  mouth.onmessage = ({ data }) => {
    if (data.call === 'cancel') running.get(data.id)?.abort();
    else void answer(data);
  };
  mouth.onmessageerror = () => mouth.postMessage({ kind: 'unread' }, []);
}
