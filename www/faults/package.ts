/**
 * The wasm package of the test build: any of its functions can be told to fail at its nth call. It stands in the package's
 * place, so that the code that is tested is the product's own.
 */
import init, * as real from '../pkg/vitrine.js';
import { fail, type Kind } from './fail';
import { MARK } from './mark';

/** Which function fails, the how manieth time it is called from now on, and how. */
export interface Plan {
  readonly name: string;
  readonly nth: number;
  readonly kind: Kind;
}

let plan: Plan | undefined;
let calls = 0;

// Before the worker's own `onmessage`, which must not see it.
globalThis.addEventListener('message', (event) => {
  const data = event.data as { readonly fault?: Plan | null };
  if (data.fault === undefined) return;
  event.stopImmediatePropagation();
  plan = data.fault ?? undefined;
  calls = 0;
});

function step(name: string): void {
  if (plan?.name !== name || ++calls < plan.nth) return;
  const { kind } = plan;
  plan = undefined;
  globalThis.postMessage({ [MARK]: name });
  fail[kind]();
}

type Callable = (this: unknown, ...args: unknown[]) => unknown;
const stepping = (name: string, original: Callable): Callable =>
  function (...args) {
    step(name);
    return original.apply(this, args);
  };

/** `Class`, of which constructor, methods, getters and static functions are steps. */
function stepped<Class extends { readonly prototype: object }>(name: string, Class: Class): Class {
  for (const [holder, at] of [[Class.prototype, `${name}.`], [Class, `${name}::`]] as const) {
    for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(holder))) {
      if (['constructor', 'prototype', 'length', 'name', 'free'].includes(key) || key.startsWith('__')) continue;
      const { value, get } = descriptor as { value?: unknown; get?: Callable };
      if (typeof value === 'function') Object.defineProperty(holder, key, { ...descriptor, value: stepping(at + key, value as Callable) });
      else if (get) Object.defineProperty(holder, key, { ...descriptor, get: stepping(at + key, get) });
    }
  }
  return new Proxy(Class, {
    construct(target, args, made) {
      step(`new ${name}`);
      return Reflect.construct(target as unknown as new () => object, args, made) as object;
    },
  });
}

export const Activations = stepped('Activations', real.Activations);
export const Calibration = stepped('Calibration', real.Calibration);
export const Diagram = stepped('Diagram', real.Diagram);
export const Distortion = stepped('Distortion', real.Distortion);
export const KnnIndex = stepped('KnnIndex', real.KnnIndex);
export const Network = stepped('Network', real.Network);
export const Prepared = stepped('Prepared', real.Prepared);
export const Reducer = stepped('Reducer', real.Reducer);
export const Report = stepped('Report', real.Report);
export const TestSet = stepped('TestSet', real.TestSet);

export const class_names: typeof real.class_names = () => {
  step('class_names');
  return real.class_names();
};
export const verify: typeof real.verify = (...args) => {
  step('verify');
  real.verify(...args);
};

const begin = ((...args: Parameters<typeof init>) => {
  step('init');
  return init(...args);
}) as typeof init;
export default begin;
