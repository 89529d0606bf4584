/** Languages whose texts come in any order, or not at all: the last one chosen is spoken. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { en } from '../messages/en';
import type { Messages } from '../messages';
import type { Tag } from '../messages/tags';
import { LanguageSwitch } from './language-switch';

/** English at once; the others when they are let through, or never. */
class Slow {
  readonly spoken: Tag[] = ['en'];
  readonly failed: Tag[] = [];
  readonly #waiting: { readonly settle: (fails: boolean) => void }[] = [];
  readonly languages = new LanguageSwitch(
    (tag) =>
      tag === 'en'
        ? en
        : new Promise<Messages>((resolve, reject) => {
            this.#waiting.push({ settle: (fails) => (fails ? reject(new TypeError('Failed to fetch')) : resolve(en)) });
          }),
    (tag) => this.spoken.push(tag),
    (tag) => this.failed.push(tag),
  );

  /** Lets the `at`th of the texts on their way come, or fail. */
  async settle(at: number, fails = false): Promise<void> {
    this.#waiting.splice(at % Math.max(1, this.#waiting.length), 1)[0]?.settle(fails);
    await Promise.resolve();
    await Promise.resolve();
  }

  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  get now(): Tag | undefined {
    return this.spoken.at(-1);
  }
}

it('German, then English before German came: English', async () => {
  const slow = new Slow();
  const german = slow.languages.change('de');
  expect(slow.languages.change('en')).toBe(true);
  await slow.settle(0);
  expect(await german).toBe(false);
  expect(slow.now).toBe('en');
});

it('a language that does not come leaves the one before, is told once, and can be asked for again', async () => {
  const slow = new Slow();
  const first = slow.languages.change('de');
  await slow.settle(0, true);
  expect(await first).toBe(true);
  expect([slow.now, slow.failed]).toEqual(['en', ['de']]);
  const second = slow.languages.change('de');
  await slow.settle(0);
  expect(await second).toBe(true);
  expect([slow.now, slow.failed]).toEqual(['de', ['de']]);
});

it('one that does not come when another was chosen is no news', async () => {
  const slow = new Slow();
  void slow.languages.change('de');
  void slow.languages.change('en-XA');
  await slow.settle(0, true);
  await slow.settle(0);
  expect([slow.now, slow.failed]).toEqual(['en-XA', []]);
});

it('whatever is chosen and in whatever order texts come, the last one chosen is spoken in the end', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.record({ choose: fc.constantFrom<Tag>('en', 'de', 'en-XA') }), fc.record({ settle: fc.nat(5) })), { minLength: 1, maxLength: 20 }),
      fc.array(fc.nat(5), { minLength: 20, maxLength: 20 }),
      async (actions, order) => {
        const slow = new Slow();
        let last: Tag = 'en';
        for (const action of actions) {
          if ('choose' in action) void slow.languages.change((last = action.choose));
          else await slow.settle(action.settle);
        }
        for (const at of order) await slow.settle(at);
        expect(slow.isWaiting).toBe(false);
        expect(slow.now).toBe(last);
      },
    ),
  ));
