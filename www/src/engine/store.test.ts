/** What is written into a cache, once, and what becomes of it where there is none. */
import { expect, test } from 'vitest';
import { Store, type Cabinet } from './store';

/** Caches of the test's own, and what was written into them. */
function cabinet(fail = false) {
  const written = new Map<string, string>();
  let puts = 0;
  const cache = {
    match: (url: string) => Promise.resolve(written.has(url) ? new Response(written.get(url)) : undefined),
    put: async (url: string, response: Response) => {
      puts += 1;
      if (fail) throw new DOMException('no room', 'QuotaExceededError');
      written.set(url, `${response.headers.get('content-type')} ${await response.text()}`);
    },
  };
  return { caches: { open: () => Promise.resolve(cache as unknown as Cache) } as Cabinet, written, puts: () => puts };
}

test('what was put is written under its address with its type, also when its bytes are moved away meanwhile', async () => {
  const { caches, written } = cabinet();
  const store = new Store(() => caches);
  store.open('files');
  const bytes = new TextEncoder().encode('model');
  store.put('https://host/m', bytes, 'application/octet-stream', false);
  structuredClone(bytes, { transfer: [bytes.buffer] });
  await store.written();
  expect([...written]).toEqual([['https://host/m', 'application/octet-stream model']]);
});

test('what is there is not written again, unless it was fetched anew', async () => {
  const { caches, written, puts } = cabinet();
  const store = new Store(() => caches);
  store.open('files');
  store.put('https://host/m', 'one', 't', false);
  await store.written();
  store.put('https://host/m', 'two', 't', false);
  await store.written();
  expect([puts(), written.get('https://host/m')]).toEqual([1, 't one']);
  store.put('https://host/m', 'three', 't', true);
  await store.written();
  expect(written.get('https://host/m')).toBe('t three');
});

test('without a name, and of what is no address, nothing is written', async () => {
  const { caches, puts } = cabinet();
  const store = new Store(() => caches);
  expect(store.takes('https://host/m')).toBe(false);
  store.put('https://host/m', 'one', 't', false);
  await store.written();
  store.open('files');
  expect([store.takes('https://host/m'), store.takes(new Blob([])), puts()]).toEqual([true, false, 0]);
});

test.each([
  ['no room', () => cabinet(true).caches],
  ['no caches', (): Cabinet => {
    throw new DOMException('denied', 'SecurityError');
  }],
])('%s is nobody’s fault', async (_name, caches) => {
  const store = new Store(caches);
  store.open('files');
  store.put('https://host/m', 'one', 't', false);
  await expect(store.written()).resolves.toBeUndefined();
});
