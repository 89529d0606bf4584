import { describe, expect, it } from 'vitest';
import { Thumbnails } from './thumbnails';

const FILE = { path: 'knn.thumbnails', source: 'u', bytes: 3, sha256: 's' };

function setUp(): { thumbnails: Thumbnails; fetches: PromiseWithResolvers<Uint8Array>[]; read: Uint8Array[]; anew: boolean[]; index: { read_thumbnails: (bytes: Uint8Array) => void } } {
  const fetches: PromiseWithResolvers<Uint8Array>[] = [];
  const read: Uint8Array[] = [];
  const anew: boolean[] = [];
  const thumbnails = new Thumbnails((_, past) => {
    anew.push(past);
    const fetch = deferred<Uint8Array>();
    fetches.push(fetch);
    return fetch.promise;
  });
  return { thumbnails, fetches, read, anew, index: { read_thumbnails: (bytes) => void read.push(bytes) } };
}

function deferred<Value>(): PromiseWithResolvers<Value> {
  let settle!: Pick<PromiseWithResolvers<Value>, 'resolve' | 'reject'>;
  const promise = new Promise<Value>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle };
}

describe('thumbnails', () => {
  it('are fetched once, when first wanted', async () => {
    const { thumbnails, fetches, read, index } = setUp();
    await thumbnails.bring(index);
    expect(thumbnails.wanted).toBe(false);
    thumbnails.expect(FILE);
    expect([thumbnails.wanted, fetches.length]).toEqual([true, 0]);
    const brought = [thumbnails.bring(index), thumbnails.bring(index)];
    fetches[0]?.resolve(new Uint8Array([1]));
    await Promise.all(brought);
    await thumbnails.bring(index);
    expect([thumbnails.wanted, fetches.length, read.length]).toEqual([false, 1, 1]);
  });

  it('that do not arrive are asked for again, past the caches', async () => {
    const { thumbnails, fetches, read, index, anew } = setUp();
    thumbnails.expect(FILE);
    const first = thumbnails.bring(index);
    fetches[0]?.reject(new Error('offline'));
    await expect(first).rejects.toThrow('offline');
    const second = thumbnails.bring(index);
    fetches[1]?.resolve(new Uint8Array([3]));
    await second;
    expect([read, anew]).toEqual([[new Uint8Array([3])], [false, true]]);
  });

  it('of an index that was replaced meanwhile are not given to the one before', async () => {
    const { thumbnails, fetches, read, index } = setUp();
    thumbnails.expect(FILE);
    const first = thumbnails.bring(index);
    thumbnails.expect({ ...FILE, path: 'other.thumbnails' });
    fetches[0]?.resolve(new Uint8Array([4]));
    await first;
    expect([read.length, thumbnails.wanted]).toEqual([0, true]);
  });
});
