/** What the engine of the test build is made of: the site's own, with workers that can be told to fail, and limits that the address may shorten. */
import { artefacts as site } from '../src/artefacts/site';
import type { Artefacts } from '../src/engine/engine';
import { LIMITS, type Limits } from '../src/engine/limits';
import { MARK } from './mark';
import type { Plan } from './package';

interface Running {
  readonly worker: Worker;
  readonly role: 'first' | 'helper';
}

/** What tests tell the build, as `globalThis.faults`. */
export interface Faults {
  /** Workers that were started, in all. */
  started: number;
  /** Functions that have failed, in order. */
  readonly failed: string[];
  /** When the last one did, in milliseconds since the page's start. */
  failedAt: number;
  /** Workers that have not been ended. */
  readonly running: () => number;
  /** Makes plans for the workers of a role that run; without a plan, takes them back. */
  readonly arm: (role: Running['role'], plan?: Plan) => void;
  /** A plan for the next worker of a role that starts. */
  readonly armNext: (role: Running['role'], plan: Plan) => void;
}

const running = new Set<Running>();
const next = new Map<Running['role'], Plan>();
const faults: Faults = {
  started: 0,
  failed: [],
  failedAt: 0,
  running: () => running.size,
  arm: (role, plan) => {
    if (!plan) next.delete(role);
    for (const one of running) if (one.role === role) one.worker.postMessage({ fault: plan ?? null });
  },
  armNext: (role, plan) => void next.set(role, plan),
};
Object.assign(globalThis, { faults });

/** `?step=500&stall=2000`: limits in place of the product's, in milliseconds. */
const query = new URLSearchParams(location.search);
const limits = Object.fromEntries(Object.entries(LIMITS).map(([name, own]) => [name, Number(query.get(name) ?? own)])) as unknown as Limits;

export const artefacts: Artefacts = {
  ...site,
  limits,
  spawn: (role, mute) => {
    const worker = site.spawn(role, mute) as Worker;
    faults.started += 1;
    const one: Running = { worker, role };
    running.add(one);
    // Before the engine's own `onmessage`, which must not see it.
    worker.addEventListener('message', (event) => {
      const name = (event.data as Readonly<Record<string, string>>)[MARK];
      if (name === undefined) return;
      event.stopImmediatePropagation();
      faults.failed.push(name);
      faults.failedAt = performance.now();
    });
    const terminate = worker.terminate.bind(worker);
    worker.terminate = () => {
      running.delete(one);
      terminate();
    };
    const plan = next.get(role);
    if (plan) worker.postMessage({ fault: plan });
    next.delete(role);
    return worker;
  },
};
