import { describe, expect, it } from 'vitest';
import { Thumbnails } from './thumbnails';

const FILE = { path: 'knn.thumbnails', url: 'u', bytes: 3, sha256: 's' };
const never = (): AbortSignal => new AbortController().signal;

function setUp(): { thumbnails: Thumbnails; fetches: PromiseWithResolvers<Uint8Array>[]; read: Uint8Array[]; index: { read_thumbnails: (bytes: Uint8Array) => void } } {
  const fetches: PromiseWithResolvers<Uint8Array>[] = [];
  const read: Uint8Array[] = [];
  const thumbnails = new Thumbnails(() => {
    const fetch = deferred<Uint8Array>();
    fetches.push(fetch);
    return fetch.promise;
  });
  return { thumbnails, fetches, read, index: { read_thumbnails: (bytes) => void read.push(bytes) } };
}

function deferred<Value>(): PromiseWithResolvers<Value> {
  let settle!: Pick<PromiseWithResolvers<Value>, 'resolve' | 'reject'>;
  const promise = new Promise<Value>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle };
}

describe('thumbnails', () => {
  it('are fetched once, when first wanted', async () => {
    const { thumbnails, fetches, read, index } = setUp();
    expect(await thumbnails.bring(index, never())).toBe(false);
    thumbnails.expect(FILE);
    expect(fetches).toHaveLength(0);
    const brought = thumbnails.bring(index, never());
    fetches[0]?.resolve(new Uint8Array([1]));
    expect(await brought).toBe(true);
    expect(await thumbnails.bring(index, never())).toBe(false);
    expect([fetches.length, read.length]).toEqual([1, 1]);
  });

  it('keep no stale look waiting, and the fetch serves the next one', async () => {
    const { thumbnails, fetches, read, index } = setUp();
    thumbnails.expect(FILE);
    const stale = new AbortController();
    const first = thumbnails.bring(index, stale.signal);
    stale.abort(new Error('stale'));
    await expect(first).rejects.toThrow('stale');
    const second = thumbnails.bring(index, never());
    fetches[0]?.resolve(new Uint8Array([2]));
    expect(await second).toBe(true);
    expect([fetches.length, read.length]).toEqual([1, 1]);
  });

  it('that do not arrive are asked for again by the next look', async () => {
    const { thumbnails, fetches, read, index } = setUp();
    thumbnails.expect(FILE);
    const first = thumbnails.bring(index, never());
    fetches[0]?.reject(new Error('offline'));
    expect(await first).toBe(false);
    const second = thumbnails.bring(index, never());
    fetches[1]?.resolve(new Uint8Array([3]));
    expect(await second).toBe(true);
    expect(read).toEqual([new Uint8Array([3])]);
  });
});
