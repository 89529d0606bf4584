/** State and address, by a clock and a history of the tests' own: what becomes an entry, what comes back, what never traps. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatHash, LONGEST, parseHash } from './address';
import { SETTLED } from './share';
import { Memory, Page } from './testing/memory';

function opened(hash = ''): Page {
  const page = new Page(new Memory(hash));
  page.share.start();
  return page;
}

const quiet = (): Promise<unknown> => vi.advanceTimersByTimeAsync(SETTLED);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a change', () => {
  it('becomes one entry once it is quiet', async () => {
    const page = opened();
    for (const value of ['a', 'b', 'c']) {
      page.set(page.plain, value);
      await vi.advanceTimersByTimeAsync(SETTLED - 1);
    }
    expect(page.entries.list).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(page.entries.list.map(({ hash }) => hash)).toEqual(['', 'plain=c']);
  });

  it('reaches the address however often the page renders meanwhile', async () => {
    const page = opened();
    page.set(page.plain, 'a');
    for (let passed = 0; passed < SETTLED; passed += 50) {
      page.share.changed();
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(page.entries.now.hash).toBe('plain=a');
  });

  it('that was taken back leaves no entry', async () => {
    const page = opened('#plain=a');
    page.set(page.plain, 'b');
    page.set(page.plain, 'a');
    await quiet();
    expect(page.entries.writes).toBe(0);
  });

  it('of before the address was read stays', () => {
    const page = new Page(new Memory('#other=o'));
    page.plain.value = 'early';
    page.share.start();
    expect(page.values).toEqual(['early', undefined, 'o']);
  });

  it('is written no more after the end', async () => {
    const page = opened();
    page.set(page.plain, 'a');
    page.share.end();
    await quiet();
    page.entries.follow('#plain=b');
    expect(page.entries.list.map(({ hash }) => hash)).toEqual(['', '#plain=b']);
    expect(page.plain.value).toBe('a');
  });

  it('survives a browser that forbids entries', async () => {
    const page = opened();
    page.entries.push = () => {
      throw new DOMException('too many', 'SecurityError');
    };
    page.set(page.plain, 'a');
    await quiet();
    expect(page.entries.now.hash).toBe('');
    expect(page.share.hash()).toBe('plain=a');
  });
});

describe('an address that is written in another way', () => {
  it.each(['#other=o&plain=a', '#plain=%61&other=o'])('%s stays as it is, and the way back and forth is free', async (hash) => {
    const page = opened('#plain=was');
    page.entries.follow(hash);
    await quiet();
    page.set(page.plain, 'after');
    await quiet();
    page.entries.go(-1);
    page.share.changed();
    await quiet();
    expect(page.values).toEqual(['a', undefined, 'o']);
    page.entries.go(-1);
    await quiet();
    page.entries.go(2);
    await quiet();
    expect(page.plain.value).toBe('after');
    expect(page.entries.list.map((entry) => entry.hash)).toEqual(['#plain=was', hash, 'plain=after&other=o']);
  });
});

describe('an address that is refused', () => {
  it('is told by its parts, strangers’ words cut short', () => {
    const page = opened(`#${'long'.repeat(100)}=1&b=1&c=1&d=1&plain=x&other=o`);
    expect(page.refused).toEqual([['long'.repeat(5), 'b', 'c', 'plain']]);
    expect(page.values).toEqual([undefined, undefined, 'o']);
  });

  it('is told as a whole', () => {
    const page = opened('#nonsense');
    expect(page.refused).toEqual([['#']]);
    expect(page.entries.writes).toBe(0);
  });

  it('is told what would not fit', () => {
    expect(opened(`#plain=${'a'.repeat(6)}`).refused).toEqual([['plain']]);
  });

  it.each(['#nonsense', '#plain=x', `#plain=${'y'.repeat(LONGEST)}`])('%.12s gives way to what is shown, without another entry', async (hash) => {
    const page = opened();
    page.set(page.plain, 'a');
    await quiet();
    page.entries.follow(hash);
    await quiet();
    expect(page.entries.list.map((entry) => entry.hash)).toEqual(['', 'plain=a', 'plain=a']);
  });
});

describe('a value that is too long for an address', () => {
  it('comes back with its entry', async () => {
    const page = opened();
    page.set(page.plain, 'much too long');
    await quiet();
    expect(page.entries.now).toEqual({ hash: '', kept: { plain: 'much too long' } });
    page.set(page.plain, 'short');
    await quiet();
    page.entries.go(-1);
    expect(page.plain.value).toBe('much too long');
    await quiet();
    page.entries.go(1);
    expect(page.plain.value).toBe('short');
  });

  it('comes back after a reload', async () => {
    const page = opened();
    page.set(page.plain, 'much too long');
    await quiet();
    const again = new Page(page.entries);
    again.share.start();
    expect(again.plain.value).toBe('much too long');
  });

  it('is in no link', () => {
    const page = opened();
    page.set(page.plain, 'much too long');
    expect(page.share.hash()).toBe('');
    expect(page.share.hash({ plain: 'less' })).toBe('plain=less');
  });
});

describe('a value on its way', () => {
  it('stays in the address, and in the next entries', async () => {
    const page = opened('#slow=5');
    page.share.changed();
    await quiet();
    expect(page.entries.writes).toBe(0);
    page.set(page.other, 'o');
    await quiet();
    expect(page.entries.now.hash).toBe('slow=5&other=o');
    page.slow.arrive();
    await quiet();
    expect(page.entries.list).toHaveLength(2);
  });

  it('that never comes is asked for again by a reload', async () => {
    const page = opened('#slow=f');
    page.slow.arrive();
    await quiet();
    expect(page.entries.writes).toBe(0);
    expect(page.slow.value).toBeUndefined();
  });

  it('gives way to what the visitor takes', async () => {
    const page = opened('#slow=5');
    page.set(page.slow, undefined);
    await quiet();
    expect(page.entries.list.map(({ hash }) => hash)).toEqual(['#slow=5', '']);
  });

  it('gives way to the next address', async () => {
    const page = opened('#slow=5');
    page.entries.follow('#slow=6');
    page.slow.arrive();
    await quiet();
    expect(page.slow.value).toBe('6');
    page.entries.go(-1);
    page.slow.arrive();
    await quiet();
    expect(page.slow.value).toBe('5');
    expect(page.entries.list).toHaveLength(2);
  });
});

const value = fc.option(fc.constantFrom('a', 'b', 'cc', 'more than an address holds'), { nil: undefined });
const foreign = fc.oneof(
  fc.constantFrom('#nonsense', '#plain=x', '#plain=%61', '#strange=1', '#plain=far%20too%20long', '#slow=f'),
  fc.shuffledSubarray([['plain', 'q'], ['slow', 's'], ['other', 'r']] as const).map((entries) => `#${formatHash(entries)}`),
);
const action = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), facet: fc.constantFrom('plain', 'other', 'slow'), value }),
  fc.record({ kind: fc.constant('follow' as const), hash: foreign }),
  fc.record({ kind: fc.constant('go' as const), step: fc.constantFrom(-1, 1, -2) }),
  fc.record({ kind: fc.constantFrom('render' as const, 'wait' as const, 'quiet' as const, 'arrive' as const) }),
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

async function act(page: Page, action: Action): Promise<void> {
  switch (action.kind) {
    case 'set':
      page.set(page[action.facet], action.value);
      break;
    case 'follow':
      page.entries.follow(action.hash);
      break;
    case 'go':
      page.entries.go(action.step);
      break;
    case 'render':
      page.share.changed();
      break;
    case 'wait':
      await vi.advanceTimersByTimeAsync(SETTLED / 2);
      break;
    case 'quiet':
      await quiet();
      break;
    case 'arrive':
      page.slow.arrive();
      await vi.advanceTimersByTimeAsync(0);
      break;
  }
}

/** Until nothing is on its way and nothing waits to be written. */
async function settle(page: Page): Promise<void> {
  page.slow.arrive();
  await vi.advanceTimersByTimeAsync(0);
  await quiet();
}

describe('whatever the visitor does', () => {
  const runs = fc.array(action, { maxLength: 25 });

  it('the entry in force brings back what is shown', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(fc.constant(''), foreign), runs, async (first, actions) => {
        const page = opened(first);
        for (const step of actions) await act(page, step);
        await settle(page);
        const reloaded = new Page(page.entries);
        reloaded.share.start();
        await settle(reloaded);
        expect(reloaded.values).toEqual(page.values);
      }),
    ));

  it('Back and Forward lead through the same entries, write none, and show the same', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(fc.constant(''), foreign), runs, async (first, actions) => {
        const page = opened(first);
        for (const step of actions) await act(page, step);
        await settle(page);
        // A refused address is replaced when the visitor comes to it with something to show: at most once from either side.
        const walk = async (step: number, count: number): Promise<(string | undefined)[][]> => {
          const shown: (string | undefined)[][] = [];
          for (let at = 0; at < count; at++) {
            page.entries.go(step);
            page.share.changed();
            await settle(page);
            page.share.changed();
            await quiet();
            shown.push(page.values);
          }
          return shown;
        };
        for (const step of [1, -1, 1, -1]) await walk(step, page.entries.list.length);
        const { list } = page.entries;
        const steps = list.length - 1;
        const length = list.length;
        const there = await walk(1, steps);
        expect(page.entries.at).toBe(steps);
        const before = [...list];
        const back = await walk(-1, steps);
        expect(page.entries.at).toBe(0);
        expect(await walk(1, steps)).toEqual(there);
        expect(back.slice(0, -1).toReversed()).toEqual(there.slice(0, -1));
        expect(list).toHaveLength(length);
        expect(list).toEqual(before);
      }),
    ));

  it('an address that was written is read without a refusal', () =>
    fc.assert(
      fc.asyncProperty(runs, async (actions) => {
        const page = opened();
        for (const step of actions.filter(({ kind }) => kind !== 'follow')) await act(page, step);
        await settle(page);
        for (const { hash } of page.entries.list) {
          expect(parseHash(hash)).toBeDefined();
          const fresh = opened(hash);
          expect(fresh.refused).toEqual([]);
        }
      }),
    ));
});
