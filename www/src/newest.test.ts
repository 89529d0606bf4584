/** Requests in any order of arrival: the newest one counts. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Newest } from './newest';

it('only the newest request is heard, in whatever order they end', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.record({ fails: fc.boolean(), ends: fc.boolean(), early: fc.boolean() }), { minLength: 1, maxLength: 8 }), fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), async (requests, order) => {
      const newest = new Newest();
      const heard: string[] = [];
      const settle: (() => void)[] = [];
      const results = requests.map(({ fails, ends, early }, number) => {
        const result = newest.run(
          () =>
            new Promise<number>((resolve, reject) => {
              const end = (): void => (fails ? reject(new Error(String(number))) : resolve(number));
              if (early && !ends) end();
              else settle.push(end);
            }),
          (value) => heard.push(`took ${value}`),
          (thrown) => heard.push(`failed ${(thrown as Error).message}`),
        );
        if (ends) newest.end();
        return result;
      });
      for (const at of order) settle.splice(at % Math.max(1, settle.length), 1)[0]?.();
      const last = requests.length - 1;
      const expected = requests.map(({ ends }, number) => number === last && !ends);
      expect(await Promise.all(results)).toEqual(expected);
      const { fails, ends } = requests[last] ?? { fails: false, ends: true };
      expect(heard).toEqual(ends ? [] : [`${fails ? 'failed' : 'took'} ${last}`]);
      expect(newest.isBusy).toBe(false);
    }),
  ));

it('tells the work that it is for nothing', async () => {
  const newest = new Newest();
  let told = false;
  const first = newest.run((signal) => new Promise(() => signal.addEventListener('abort', () => (told = true))), () => undefined, () => undefined);
  newest.end();
  expect(await first).toBe(false);
  expect(told).toBe(true);
});

it('what comes too late is given to whoever frees it', async () => {
  const newest = new Newest();
  const dropped: string[] = [];
  const taken: string[] = [];
  const bring: ((value: string) => void)[] = [];
  void newest.run(() => new Promise<string>((resolve) => bring.push(resolve)), (value) => taken.push(value), () => undefined, (value) => dropped.push(value));
  await newest.run(() => Promise.resolve('second'), (value) => taken.push(value), () => undefined, (value) => dropped.push(value));
  bring[0]?.('first');
  await Promise.resolve();
  expect([taken, dropped]).toEqual([['second'], ['first']]);
});
