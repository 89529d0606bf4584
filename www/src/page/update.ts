/** What is kept of the page for use offline, and whether there is a newer version than the one that is shown. */
import { entryIn, type Kept, type Question } from '../offline/protocol';

export interface UpdateState {
  /** What is kept; `undefined` while nobody knows, or where nothing is. */
  readonly kept: Kept | undefined;
  /** Whether a reload brings a newer version. */
  readonly isNewer: boolean;
}

/** What it needs of the browser. */
export interface Surroundings {
  readonly workers: ServiceWorkerContainer | undefined;
  /** The address of the first script of the version that is shown. */
  readonly entry: string;
  /** That of the version which the host has now; `undefined` when it cannot be reached. */
  readonly entryOnHost: () => Promise<string | undefined>;
  readonly reload: () => void;
  /** Milliseconds that a worker, or a host with a new one, is waited for. */
  readonly patience: number;
}

/** How often a worker that waits is asked to begin. */
const TURNS = 20;

export class Updates {
  readonly #browser: Surroundings;
  readonly #changed: (state: UpdateState) => void;
  #registration: ServiceWorkerRegistration | undefined;
  #state: UpdateState = { kept: undefined, isNewer: false };
  /** Whether the service worker would answer a reload with this version once more. */
  #isBehind: Promise<boolean> | undefined;
  #checking = Promise.resolve();
  #nextCheck: Promise<void> | undefined;
  readonly #over = new AbortController();

  /** `changed`: called whenever the state has changed. */
  constructor(browser: Surroundings, changed: (state: UpdateState) => void) {
    this.#browser = browser;
    this.#changed = changed;
  }

  /** Registers the service worker, and has it keep what is missing. */
  async start(): Promise<void> {
    const { workers } = this.#browser;
    try {
      this.#registration = await workers?.register('./sw.js');
    } catch {
      // A frame that may not, a host without the file: the page works, and says what is not kept.
      return;
    }
    const registration = this.#registration;
    if (!workers || !registration) return;
    const { signal } = this.#over;
    const look = (): Promise<void> => this.#look('keep');
    workers.addEventListener('controllerchange', () => void look(), { signal });
    const { installing } = registration;
    if (installing && !registration.active) await settled(installing);
    registration.addEventListener('updatefound', () => void this.#follow(registration).then(look), { signal });
    if (registration.active && (registration.installing ?? registration.waiting)) void this.#follow(registration).then(look);
    await look();
  }

  /** Follows nothing any more. */
  end(): void {
    this.#over.abort();
  }

  /** Asks anew what is kept. */
  ask(): Promise<void> {
    return this.#look('kept');
  }

  /**
   * Sees a newer worker into force. A browser may keep it waiting for the one before it, or leave this tab to nobody: what
   * the host has is known before that.
   */
  async #follow(registration: ServiceWorkerRegistration): Promise<void> {
    const coming = registration.installing ?? registration.waiting;
    if (!coming) return;
    await reached(coming, 'installed', 'activating', 'activated');
    if (coming.state !== 'redundant') void this.check();
    // Chromium forgets what it was asked for when the worker before was busy at that moment.
    for (let turn = 0; turn < TURNS && coming.state === 'installed'; turn += 1) {
      coming.postMessage({ ask: 'begin', entry: this.#browser.entry } satisfies Question);
      await Promise.race([settled(coming), this.#after(undefined, this.#browser.patience / TURNS)]);
    }
    await settled(coming);
  }

  /** Asks the host whether it has another version: for when a file of this one did not come. */
  check(): Promise<void> {
    // One that has begun may have been answered before the host changed.
    this.#nextCheck ??= this.#checking.then(() => {
      this.#nextCheck = undefined;
      return (this.#checking = this.#check());
    });
    return this.#nextCheck;
  }

  /** Changes over to the newer version. */
  async change(): Promise<void> {
    if (await this.#isBehind) await this.#registration?.unregister();
    this.#browser.reload();
  }

  async #check(): Promise<void> {
    if (this.#state.isNewer) return;
    const there = await this.#browser.entryOnHost();
    if (there === undefined || there === this.#browser.entry) return;
    if (this.#registration) this.#isBehind = this.#staysBehind(this.#registration, there);
    this.#set({ isNewer: true });
  }

  /** Whether the worker in force is of another version than the host's, after it had time to follow. */
  async #staysBehind(registration: ServiceWorkerRegistration, there: string): Promise<boolean> {
    const follow = async (): Promise<boolean> => {
      await registration.update().catch(() => undefined);
      await this.#follow(registration);
      return (await this.#kept('kept'))?.entry !== there;
    };
    return Promise.race([follow(), this.#after(true)]);
  }

  /** What the worker keeps is told before it is asked to keep more, which may take as long as the host likes. */
  async #look(ask: Question['ask']): Promise<void> {
    const { entry } = this.#browser;
    const kept = await Promise.race([this.#kept('kept'), this.#after(undefined)]);
    // A version that is not the one shown keeps nothing of it for sure.
    this.#set({ kept: kept?.entry === entry ? kept : undefined });
    if (kept?.entry !== entry) {
      if (this.#inForce) await this.check();
    } else if (ask === 'keep') {
      const mended = await this.#kept('keep');
      if (mended?.entry === entry) this.#set({ kept: mended });
    }
  }

  get #inForce(): ServiceWorker | null | undefined {
    return this.#browser.workers?.controller ?? this.#registration?.active;
  }

  /** What the worker in force keeps; `undefined` without one. */
  async #kept(ask: Question['ask']): Promise<Kept | undefined> {
    for (let worker = this.#inForce; worker; worker = this.#inForce) {
      const kept = await answerOf(worker, { ask, entry: this.#browser.entry });
      if (kept ?? worker === this.#inForce) return kept;
    }
    return undefined;
  }

  #after<Value>(value: Value, milliseconds = this.#browser.patience): Promise<Value> {
    return new Promise((resolve) => setTimeout(() => resolve(value), milliseconds));
  }

  #set(part: Partial<UpdateState>): void {
    this.#state = { ...this.#state, ...part };
    this.#changed(this.#state);
  }
}

/** Resolves when the worker has been installed and is in force, or was given up. */
const settled = (worker: ServiceWorker): Promise<void> => reached(worker, 'activated');

/** Resolves when the worker is in one of these states, or was given up. */
function reached(worker: ServiceWorker, ...states: readonly ServiceWorkerState[]): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (worker.state === 'redundant' || states.includes(worker.state)) resolve();
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

/** What a worker answers; `undefined` when it was replaced before it did. */
function answerOf(worker: ServiceWorker, question: Question): Promise<Kept | undefined> {
  const { port1, port2 } = new MessageChannel();
  return new Promise<Kept | undefined>((resolve) => {
    const look = (): void => {
      if (worker.state === 'redundant') resolve(undefined);
    };
    worker.addEventListener('statechange', look);
    look();
    port1.onmessage = ({ data }: MessageEvent<Kept>) => resolve(data);
    worker.postMessage(question, [port2]);
  }).finally(() => port1.close());
}

/** The browser that the page runs in. */
export function surroundings(): Surroundings {
  const page = location.href.replace(/[?#].*$/s, '');
  return {
    workers: import.meta.env.PROD && 'serviceWorker' in navigator ? navigator.serviceWorker : undefined,
    entry: document.querySelector<HTMLLinkElement>('link[rel=modulepreload]')?.href ?? '',
    entryOnHost: async () => {
      try {
        const response = await fetch(page, { cache: 'no-store' });
        const entry = response.ok ? entryIn(await response.text()) : undefined;
        return entry === undefined ? undefined : new URL(entry, page).href;
      } catch {
        return undefined;
      }
    },
    reload: () => location.reload(),
    patience: 10_000,
  };
}
