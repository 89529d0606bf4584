/** What is replaced is freed once, and not under whoever works with it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Held } from './held';

const value = (): { freed: number; free: () => void } => ({ freed: 0, free() { this.freed += 1; } });
const missing = (): Error => new Error('missing');

test('there is nothing to work with before the first', async () => {
  await expect(new Held<ReturnType<typeof value>>().use(() => Promise.resolve(), missing)).rejects.toThrow('missing');
});

test('whatever is put and used in whatever order, nobody works with what was freed, and in the end only the newest is left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('put', 'use', 'finish', 'fail'), { maxLength: 30 }), async (steps) => {
      const held = new Held<ReturnType<typeof value>>();
      const values = [value()];
      held.put(values[0] ?? value());
      const running: { readonly own: ReturnType<typeof value>; readonly end: (fails: boolean) => void; readonly done: Promise<unknown> }[] = [];
      for (const step of [...steps, ...steps.map(() => 'finish')]) {
        if (step === 'put') {
          const next = value();
          values.push(next);
          held.put(next);
        } else if (step === 'use') {
          let end!: (fails: boolean) => void;
          const gate = new Promise<void>((resolve, reject) => (end = (fails) => (fails ? reject(new Error('failed')) : resolve())));
          let own!: ReturnType<typeof value>;
          const done = held.use((given) => ((own = given), gate), missing).catch(() => undefined);
          running.push({ own, end, done });
        } else {
          const one = running.shift();
          one?.end(step === 'fail');
          await one?.done;
        }
        for (const { own } of running) expect(own.freed).toBe(0);
      }
      expect(values.map(({ freed }) => freed)).toEqual(values.map((one) => Number(one !== held.value)));
    }),
  );
});
