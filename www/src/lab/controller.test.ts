/** Pictures that are on their way: whatever comes when, the newest that the visitor asked for is shown. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Engine } from '../engine/engine';
import { HandPort } from '../engine/testing/hand-port';
import type { Picture } from '../shapes';
import { Lab } from './controller';
import type { Taken } from './picture/picture';
import { Refusal } from './picture/refusal';

const picture: Picture = { rgba: new Uint8ClampedArray(4), width: 1, height: 1 };
const taken: Taken = { picture, isTrue: true };
const LENGTH = 100;

/** Files that are being decoded, oldest first. */
const decoding = vi.hoisted(() => [] as { resolve: (picture: unknown) => void; reject: (thrown: unknown) => void; signal: AbortSignal }[]);
vi.mock('./picture/picture', () => ({
  pictureFrom: (_file: Blob, _name: () => string, signal: AbortSignal) => new Promise((resolve, reject) => decoding.push({ resolve, reject, signal })),
}));

interface Stage {
  readonly lab: Lab;
  /** Test images that the worker was asked for and has not brought, by request. */
  readonly samples: () => { readonly id: number; readonly index: number }[];
  readonly bring: (id: number) => void;
  readonly take: (name: string) => Promise<boolean>;
}

/** `look`: whether looks end, with one answer. */
function stage({ look = false } = {}): Stage {
  const brought = new Set<number>();
  const port = new HandPort((request, own) => {
    if (request.call === 'start') own.value(request.id, { module: {} });
    if (look && request.call === 'look') {
      own.reply({ id: request.id, kind: 'progress', progress: { look: request.ask.look, part: 'answer', answer: { model: 'mlp', probabilities: [1, 0] } } });
      own.value(request.id, null);
    }
    if (request.call === 'open') own.value(request.id, { length: LENGTH, files: request.ask.files });
  });
  const lab = new Lab((tell) => new Engine({ wasm: { plain: '', relaxed: '' }, models: [], labels: [], testSet: { images: 'i', labels: 'l' }, spawn: () => port }, tell), () => undefined);
  return {
    lab,
    samples: () => port.asked('sample').filter(({ id }) => !brought.has(id)).map(({ id, ask }) => ({ id, index: ask.index })),
    bring(id) {
      brought.add(id);
      port.value(id, { picture, label: 1 });
    },
    take: (name) => lab.take(new Blob([]), () => name),
  };
}

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const shown = ({ lab }: Stage): string | undefined => lab.state.guest?.name();

beforeEach(() => {
  vi.useFakeTimers();
  decoding.length = 0;
});
afterEach(() => void vi.useRealTimers());

describe('a photograph', () => {
  it('that is slow does not replace a newer one, and is told to stop', async () => {
    const own = stage();
    const slow = own.take('slow');
    const quick = own.take('quick');
    expect(decoding[0]?.signal.aborted).toBe(true);
    decoding[1]?.resolve(taken);
    expect(await quick).toBe(true);
    decoding[0]?.resolve(taken);
    expect(await slow).toBe(false);
    expect(shown(own)).toBe('quick');
  });

  it.each<[string, (own: Stage) => void]>([
    ['“Back to the sketch pad”', ({ lab }) => lab.dismissGuest()],
    ['a stroke, or an address', ({ lab }) => lab.expectNothing()],
  ])('that is slow does not undo %s', async (_, act) => {
    const own = stage();
    const slow = own.take('slow');
    act(own);
    decoding[0]?.resolve(taken);
    expect(await slow).toBe(false);
    expect(shown(own)).toBeUndefined();
  });

  it('whose pixels the browser changes is shown, and that is said until one comes as it is', async () => {
    const own = stage();
    const show = async (isTrue: boolean): Promise<string | undefined> => {
      const taken = own.take('dress');
      decoding.at(-1)?.resolve({ picture, isTrue });
      await taken;
      expect(shown(own)).toBe('dress');
      return own.lab.state.problem?.();
    };
    expect(await show(false)).toContain('changes the pixels');
    expect(await show(true)).toBeUndefined();
  });

  it('is not given up for a drawing that the page itself shows', async () => {
    const own = stage();
    const slow = own.take('slow');
    own.lab.sketch({ blank: false, picture: () => picture });
    decoding[0]?.resolve(taken);
    expect(await slow).toBe(true);
    expect(shown(own)).toBe('slow');
  });

  it('that cannot be read is said, unless something newer came', async () => {
    const own = stage();
    const first = own.take('first');
    const second = own.take('second');
    decoding[0]?.reject(new Refusal(() => 'first is broken'));
    decoding[1]?.reject(new Refusal(() => 'second is broken'));
    expect([await first, await second]).toEqual([false, true]);
    expect(own.lab.state.problem?.()).toBe('second is broken');
  });
});

describe('a test image', () => {
  it('that was asked for second is shown, whichever comes first', async () => {
    const own = stage();
    void own.lab.sample(3);
    void own.lab.sample(5);
    await settle();
    const [three, five] = own.samples();
    own.bring(five?.id ?? 0);
    own.bring(three?.id ?? 0);
    await settle();
    expect(own.lab.state.guest?.origin).toEqual({ kind: 'sample', index: 5 });
  });

  it('that the set has not is refused, and the set is still there', async () => {
    const own = stage();
    expect(await own.lab.sample(LENGTH)).toBe(true);
    expect(own.lab.state.problem?.()).toContain(`they go from 0 to ${LENGTH - 1}`);
    expect(own.lab.state.testSet).toBe('packed');
  });
});

it('the verdict takes no word out of another’s mouth', async () => {
  const own = stage({ look: true });
  own.lab.sketch({ blank: false, picture: () => picture });
  await settle();
  await vi.advanceTimersByTimeAsync(500);
  own.lab.say('a panel’s word');
  await vi.advanceTimersByTimeAsync(600);
  expect(own.lab.state.status).toBe('a panel’s word');
  await vi.advanceTimersByTimeAsync(200);
  expect(own.lab.state.status).not.toBe('a panel’s word');
});

const action = fc.oneof(
  fc.record({ take: fc.string({ minLength: 1, maxLength: 3 }) }),
  fc.record({ sample: fc.nat(LENGTH - 1) }),
  fc.record({ decode: fc.nat(9) }),
  fc.record({ bring: fc.nat(9) }),
  fc.constantFrom('back' as const, 'draw' as const),
);

it('whatever is asked for and whenever it comes, the last thing asked for is shown in the end', () =>
  fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 25 }), async (actions) => {
      decoding.length = 0;
      const own = stage();
      let last: string | undefined;
      for (const step of actions) {
        if (step === 'back') {
          own.lab.dismissGuest();
          last = undefined;
        } else if (step === 'draw') {
          // A guest hides the pad: nobody draws then.
          if (own.lab.state.guest) continue;
          own.lab.expectNothing();
          own.lab.sketch({ blank: false, picture: () => picture });
          last = undefined;
        } else if ('take' in step) {
          void own.take((last = step.take));
        } else if ('sample' in step) {
          void own.lab.sample(step.sample);
          last = `test image ${step.sample}, `;
        } else if ('decode' in step) {
          decoding.splice(step.decode, 1)[0]?.resolve(taken);
        } else {
          const [request] = own.samples().slice(step.bring);
          if (request) own.bring(request.id);
        }
        await settle();
      }
      for (const file of decoding.splice(0)) file.resolve(taken);
      for (const request of own.samples()) own.bring(request.id);
      await settle();
      if (last === undefined) expect(shown(own)).toBeUndefined();
      else expect(shown(own)?.startsWith(last)).toBe(true);
    }),
  ));
