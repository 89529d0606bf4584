/** What is told of versions and of what is kept, with service workers of the test's own. */
import { expect, test, vi } from 'vitest';
import type { Kept, Question } from '../offline/protocol';
import { type Surroundings, Updates, type UpdateState } from './update';

const OWN = 'https://host/assets/index-own.js';
const NEXT = 'https://host/assets/index-next.js';

/** A service worker that answers with what it keeps, or never. */
class Worker extends EventTarget {
  state: ServiceWorkerState = 'activated';
  readonly asked: Question[] = [];
  readonly #kept: Kept | undefined;

  constructor(kept: Kept | undefined) {
    super();
    this.#kept = kept;
  }

  postMessage(question: Question, [port]: [MessagePort]): void {
    this.asked.push(question);
    if (this.#kept) port.postMessage(this.#kept);
  }

  become(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

const keeping = (entry: string, ...missing: string[]): Worker => new Worker({ entry, missing });

/** A browser with these workers; `onHost` is the version that the host has. */
function browser({ active, onHost = OWN }: { active?: Worker | undefined; onHost?: string | undefined }) {
  const registration = Object.assign(new EventTarget(), { active: active ?? null, installing: null as Worker | null, update: vi.fn(() => Promise.resolve()), unregister: vi.fn(() => Promise.resolve(true)) });
  const container = Object.assign(new EventTarget(), { controller: active ?? null, register: () => Promise.resolve(registration) });
  const states: UpdateState[] = [];
  const reload = vi.fn();
  const forget = vi.fn(() => Promise.resolve());
  const host = { entry: onHost };
  const entryOnHost = vi.fn(() => Promise.resolve(host.entry));
  const parts: Surroundings = { workers: active && (container as unknown as ServiceWorkerContainer), entry: OWN, entryOnHost, reload, forget };
  const updates = new Updates(parts, (state) => states.push(state));
  const control = (worker: Worker): void => {
    registration.active = worker;
    container.controller = worker;
    container.dispatchEvent(new Event('controllerchange'));
  };
  return { updates, registration, container, entryOnHost, forget, reload, host, control, state: () => states.at(-1) };
}

test('what the worker keeps of this version is told, after it was asked to keep what is missing', async () => {
  const active = keeping(OWN, 'https://host/assets/de.js');
  const { updates, state } = browser({ active });
  await updates.start();
  expect(active.asked).toEqual([{ ask: 'keep', entry: OWN }]);
  expect(state()).toEqual({ kept: { entry: OWN, missing: ['https://host/assets/de.js'] }, isNewer: false });
});

test('when another version comes into force, it is told, nothing is claimed to be kept, and a reload is a reload', async () => {
  const { updates, host, control, state, reload, registration } = browser({ active: keeping(OWN) });
  await updates.start();
  host.entry = NEXT;
  control(keeping(NEXT));
  await vi.waitFor(() => expect(state()).toEqual({ kept: undefined, isNewer: true }));
  await updates.change();
  expect(reload).toHaveBeenCalledOnce();
  expect(registration.unregister).not.toHaveBeenCalled();
});

test('a worker that is replaced before it answers holds up nothing: the one after it is asked', async () => {
  const { updates, host, control, state, registration } = browser({ active: keeping(OWN) });
  await updates.start();
  host.entry = NEXT;
  const silent = new Worker(undefined);
  control(silent);
  await vi.waitFor(() => expect(silent.asked).toHaveLength(1));
  const next = keeping(NEXT);
  registration.active = next;
  control(next);
  silent.become('redundant');
  await vi.waitFor(() => expect(state()?.isNewer).toBe(true));
  const gone = new Worker(undefined);
  gone.state = 'redundant';
  control(gone);
  control(next);
  await updates.ask();
  expect(next.asked.length).toBeGreaterThan(1);
});

test('where no service worker can be, nothing stays', async () => {
  const { updates, container, forget, control, state } = browser({ active: keeping(OWN) });
  container.controller = null;
  container.register = () => Promise.reject(new TypeError('the host has no sw.js'));
  await updates.start();
  expect([forget.mock.calls.length, state()]).toEqual([1, undefined]);
  control(keeping(OWN));
  await updates.start();
  expect(forget).toHaveBeenCalledOnce();
});

test('whom no worker controls is told of a newer version that has not come into force, and leaves the worker before it', async () => {
  const { updates, host, state, reload, registration, container } = browser({ active: keeping(OWN) });
  container.controller = null;
  await updates.start();
  host.entry = NEXT;
  registration.dispatchEvent(new Event('updatefound'));
  await vi.waitFor(() => expect(state()?.isNewer).toBe(true));
  await updates.change();
  expect(registration.unregister).toHaveBeenCalledOnce();
  expect(reload).toHaveBeenCalledOnce();
});

test('the first worker of all is no newer version: the host is not asked', async () => {
  const { updates, registration, container, entryOnHost } = browser({ active: keeping(OWN) });
  container.controller = null;
  registration.active = null;
  await updates.start();
  registration.dispatchEvent(new Event('updatefound'));
  expect(entryOnHost).not.toHaveBeenCalled();
});

test('a page that is newer than the worker is no older one', async () => {
  const { updates, state } = browser({ active: keeping('https://host/assets/index-before.js'), onHost: OWN });
  await updates.start();
  expect(state()).toEqual({ kept: undefined, isNewer: false });
});

test('offline nobody knows of a newer version', async () => {
  const { updates, state } = browser({ active: keeping(NEXT), onHost: undefined });
  await updates.start();
  expect(state()?.isNewer).toBe(false);
});

test('a worker that cannot follow gives way to the version of the host', async () => {
  const { updates, host, state, reload, registration } = browser({ active: keeping(OWN) });
  await updates.start();
  host.entry = NEXT;
  registration.update.mockRejectedValueOnce(new TypeError('the host has no sw.js'));
  await updates.check();
  expect(state()?.isNewer).toBe(true);
  await updates.change();
  expect(registration.unregister).toHaveBeenCalledOnce();
  expect(reload).toHaveBeenCalledOnce();
});

test('without service workers a file that did not come tells of a newer version, and of none when the host has this one', async () => {
  const { updates, host, state, reload } = browser({});
  await updates.start();
  await updates.check();
  expect(state()).toBeUndefined();
  host.entry = NEXT;
  await updates.check();
  expect(state()).toEqual({ kept: undefined, isNewer: true });
  await updates.change();
  expect(reload).toHaveBeenCalledOnce();
});
