/** What is kept of the page for use offline, and whether there is a newer version than the one that is shown. */
import { entryIn, filesOf, type Kept, type Question } from '../offline/protocol';
import { trusted } from '../trusted';

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
  /** Throws away what was kept. */
  readonly forget: () => Promise<unknown>;
}

export class Updates {
  readonly #browser: Surroundings;
  readonly #changed: (state: UpdateState) => void;
  #registration: ServiceWorkerRegistration | undefined;
  #state: UpdateState = { kept: undefined, isNewer: false };
  /** Whether the service worker would answer a reload with this version once more. */
  #isBehind = false;
  #checking: Promise<void> | undefined;
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
      this.#registration = await workers?.register(trusted('./sw.js'));
    } catch {
      // A frame that may not, a host without the file: the page works, and says what is not kept. Nobody would answer with
      // what is there already.
      if (!workers?.controller) await this.#browser.forget();
      return;
    }
    const registration = this.#registration;
    if (!workers || !registration) return;
    workers.addEventListener('controllerchange', () => void this.#look('keep'), { signal: this.#over.signal });
    // Whom nobody controls need not wait until the next one comes into force, which a browser may put off.
    const signal = this.#over.signal;
    registration.addEventListener('updatefound', () => void (registration.active && !workers.controller ? this.check() : undefined), { signal });
    const { installing } = registration;
    if (installing && !registration.active) await settled(installing);
    await this.#look('keep');
  }

  /** Follows nothing any more. */
  end(): void {
    this.#over.abort();
  }

  /** Asks anew what is kept. */
  ask(): Promise<void> {
    return this.#look('kept');
  }

  /** Asks the host whether it has another version: for when a file of this one did not come. */
  check(): Promise<void> {
    this.#checking ??= this.#check().finally(() => (this.#checking = undefined));
    return this.#checking;
  }

  /** Changes over to the newer version. */
  async change(): Promise<void> {
    if (this.#isBehind) await this.#registration?.unregister();
    this.#browser.reload();
  }

  async #check(): Promise<void> {
    if (this.#state.isNewer) return;
    const there = await this.#browser.entryOnHost();
    if (there === undefined || there === this.#browser.entry) return;
    const registration = this.#registration;
    if (registration && !this.#browser.workers?.controller) this.#isBehind = true;
    else if (registration) {
      await registration.update().catch(() => undefined);
      if (registration.installing) await settled(registration.installing);
      this.#isBehind = (await this.#kept('kept'))?.entry !== there;
    }
    this.#set({ isNewer: true });
  }

  async #look(ask: Question['ask']): Promise<void> {
    const { entry } = this.#browser;
    const kept = await this.#kept(ask);
    // A version that is not the one shown keeps nothing of it for sure.
    this.#set({ kept: kept?.entry === entry ? kept : undefined });
    if (kept && kept.entry !== entry) await this.check();
  }

  /** What the worker in force keeps; `undefined` without one. */
  async #kept(ask: Question['ask']): Promise<Kept | undefined> {
    const inForce = (): ServiceWorker | null | undefined => this.#browser.workers?.controller ?? this.#registration?.active;
    for (let worker = inForce(); worker; worker = inForce()) {
      const kept = await answerOf(worker, { ask, entry: this.#browser.entry });
      if (kept ?? worker === inForce()) return kept;
    }
    return undefined;
  }

  #set(part: Partial<UpdateState>): void {
    this.#state = { ...this.#state, ...part };
    this.#changed(this.#state);
  }
}

/** Resolves when the worker has been installed and is in force, or was given up. */
function settled(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (worker.state === 'activated' || worker.state === 'redundant') resolve();
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
    forget: () => caches.delete(filesOf(new URL('./', page).href)).catch(() => undefined),
  };
}
