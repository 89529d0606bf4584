/** The engine over workers that a test plays: it loads, recovers, remembers what stopped it, and ends. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Engine } from './engine';
import { LIMITS } from './limits';
import { HandPort } from './testing/hand-port';
import { all, bytes, files, kinds, look, module, play, settle, type Play } from './testing/play';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('loading', () => {
  const asked = (stage: Play): string[] => stage.worker().asked('load').map(({ ask }) => ask.file.model);

  test('the first model has the connection to itself; the others follow once it is there', async () => {
    const stage = play({}, 'load');
    stage.engine.start();
    await settle();
    expect(asked(stage)).toEqual(['mlp']);
    stage.worker().value(stage.worker().asked('load')[0]?.id, { labels: ['a'], bytes: bytes('mlp') });
    await settle();
    expect([asked(stage), kinds(stage)]).toEqual([['mlp', 'cnn', 'knn'], { mlp: 'ready', cnn: 'loading', knn: 'loading' }]);
  });

  test('a first model that fails lets the others begin at once', async () => {
    const stage = play({}, 'load');
    stage.engine.start();
    await settle();
    stage.worker().reply({ id: stage.worker().asked('load')[0]?.id ?? 0, kind: 'error', error: { code: 'io', message: 'io' }, fatal: false });
    await settle();
    expect(asked(stage)).toEqual(['mlp', 'cnn', 'knn']);
  });

  test('one that never comes holds up no other', async () => {
    const stage = play({}, 'load');
    stage.engine.start();
    await vi.advanceTimersByTimeAsync(LIMITS.head);
    expect(asked(stage)).toEqual(['mlp', 'cnn', 'knn']);
    const [, cnn] = stage.worker().asked('load');
    stage.worker().value(cnn?.id, { labels: ['a'], bytes: bytes('cnn') });
    await settle();
    expect(kinds(stage)).toEqual({ mlp: 'loading', cnn: 'ready', knn: 'loading' });
    expect(stage.statuses.get('cnn')).toEqual({ kind: 'ready', labels: ['a'] });
  });

  test('what failed of the same is tried again together, past the caches; what failed of something else is not', async () => {
    const stage = play({}, 'load');
    stage.engine.start();
    await vi.advanceTimersByTimeAsync(LIMITS.head);
    const [mlp, cnn, knn] = stage.worker().asked('load');
    for (const [request, code] of [[mlp, 'io'], [cnn, 'io'], [knn, 'integrity']] as const) {
      stage.worker().reply({ id: request?.id ?? 0, kind: 'error', error: { code, message: code }, fatal: false });
    }
    await settle();
    expect(stage.statuses.get('cnn')).toEqual({ kind: 'failed', failure: { code: 'io', message: 'io', model: 'cnn' } });
    stage.engine.retry('cnn');
    await settle();
    expect(stage.worker().asked('load').slice(3).map(({ ask }) => [ask.file.model, ask.anew])).toEqual([['mlp', true], ['cnn', true]]);
  });

  test('a worker that cannot be started is told once for all, and one retry starts it for all', async () => {
    let isBroken = true;
    const made: HandPort[] = [];
    const stage = play({
      spawn: () => {
        if (isBroken) throw new Error('blocked');
        const port = new HandPort((request, own) => own.value(request.id, request.call === 'start' ? { module } : { labels: [], bytes: bytes('') }));
        made.push(port);
        return port;
      },
    });
    stage.engine.start();
    await settle();
    expect([...stage.statuses.values()]).toEqual(files.map(() => ({ kind: 'failed', failure: { code: 'worker', message: 'the classifier could not be started (blocked)', model: undefined } })));
    isBroken = false;
    stage.engine.retry('knn');
    await settle();
    expect([kinds(stage), made.length]).toEqual([all('ready'), 1]);
  });

  test('a worker whose script fails is not started again and again', async () => {
    const stage = play({}, 'start');
    stage.engine.start();
    await settle();
    stage.worker().onerror?.({ message: '', preventDefault: () => undefined } as ErrorEvent);
    await settle();
    expect([kinds(stage), stage.ports.length]).toEqual([all('failed'), 1]);
    stage.held.clear();
    stage.engine.retry('mlp');
    await settle();
    expect([kinds(stage), stage.ports.length]).toEqual([all('ready'), 2]);
  });
});

describe('after a fault', () => {
  test('models come back by themselves from the kept module and bytes, but for the one at fault; its retry brings it', async () => {
    const stage = play();
    stage.engine.start();
    await settle();
    stage.held.add('look');
    const looked = look(stage.engine, 1);
    await settle();
    const [asked] = stage.worker().asked('look');
    stage.worker().reply({ id: asked?.id ?? 0, kind: 'asking', model: 'cnn' });
    stage.told.length = 0;
    stage.held.delete('look');
    stage.worker().stop(asked?.id);
    // Until they are back they say so.
    expect(stage.told.slice(0, 3)).toEqual([['mlp', 'waiting'], ['cnn', 'failed'], ['knn', 'waiting']]);
    await settle();
    expect(kinds(stage)).toEqual({ mlp: 'ready', cnn: 'failed', knn: 'ready' });
    expect(stage.statuses.get('cnn')).toMatchObject({ failure: { code: 'stopped', model: 'cnn' } });
    expect(stage.worker().asked('start').map(({ ask }) => ask.wasm)).toEqual([module]);
    expect(stage.worker().asked('load').map(({ ask }) => ask.file.source)).toEqual([bytes('mlp'), bytes('knn')]);
    // The look is asked anew of the others.
    expect([stage.worker().asked('look').length, looked.ends]).toEqual([1, [undefined]]);
    stage.engine.retry('cnn');
    await settle();
    expect(kinds(stage)).toEqual(all('ready'));
  });

  test('a picture that stops the preparation is not looked at again; the next one is', async () => {
    const stage = play();
    stage.engine.start();
    await settle();
    stage.held.add('look');
    const looked = look(stage.engine, 1);
    await settle();
    const [asked] = stage.worker().asked('look');
    stage.worker().reply({ id: asked?.id ?? 0, kind: 'asking', model: undefined });
    stage.worker().stop(asked?.id);
    await settle();
    expect([kinds(stage), looked.ends, stage.worker().asked('look')]).toEqual([all('ready'), ['stopped'], []]);
    stage.held.delete('look');
    expect([look(stage.engine, 2), await settle()][0]).toMatchObject({ ends: [undefined] });
  });

  test('a panel’s call that stopped the worker is not asked again before somebody wants it, and its model goes on', async () => {
    const stage = play({}, 'occlude');
    stage.engine.start();
    const ask = { model: 'cnn', pixels: new Float32Array(784) };
    const first = stage.engine.ask('occlude', ask).catch((problem: unknown) => problem);
    await settle();
    stage.worker().stop(stage.worker().asked('occlude')[0]?.id);
    await settle();
    expect([kinds(stage), await first]).toMatchObject([all('ready'), { code: 'stopped', model: 'cnn' }]);
    await expect(stage.engine.ask('occlude', ask)).rejects.toMatchObject({ code: 'stopped' });
    expect([stage.ports.length, stage.worker().asked('occlude')]).toEqual([2, []]);
    stage.engine.forgive('occlude');
    void stage.engine.ask('occlude', ask).catch(() => undefined);
    await settle();
    expect(stage.worker().asked('occlude')).toHaveLength(1);
  });

  test('a measurement that something else stopped goes on, once its model and the test set are there again', async () => {
    const stage = play({}, 'measure', 'occlude');
    stage.engine.start();
    const measured = stage.engine.measure('cnn', () => undefined, new AbortController().signal);
    const occluded = stage.engine.ask('occlude', { model: 'mlp', pixels: new Float32Array(784) }).catch(() => 'stopped');
    await settle();
    const [before] = stage.ports;
    expect(before?.asked('measure')).toHaveLength(1);
    stage.held.clear();
    before?.stop(before.asked('occlude')[0]?.id);
    await settle();
    expect([await measured, await occluded]).toEqual(['measured', 'stopped']);
    const order = stage.worker().sent.map(({ call }) => call);
    expect(order.indexOf('measure')).toBeGreaterThan(Math.max(order.indexOf('open'), order.lastIndexOf('load')));
    // What was fetched is not fetched again.
    expect(stage.worker().asked('open')[0]?.ask.files.images).toBeInstanceOf(Blob);
  });

  test('faults in a row are counted, not those of a lifetime', async () => {
    const stage = play();
    stage.engine.start();
    await settle();
    for (let count = 0; count < 20; count++) {
      stage.held.add('sample');
      const sampled = stage.engine.sample(() => 1).catch((problem: unknown) => problem);
      await settle();
      stage.worker().stop(stage.worker().asked('sample').at(-1)?.id);
      expect(await sampled).toMatchObject({ code: 'stopped' });
      stage.held.delete('sample');
      await settle();
      expect(await stage.engine.sample(() => 2)).toMatchObject({ index: 2 });
    }
    expect([kinds(stage), stage.ports.length]).toEqual([all('ready'), 21]);
  });

  test('an instance that stops whenever it is started is given up, said so, and tried again when somebody wants it', async () => {
    const stage = play({}, 'start');
    stage.engine.start();
    const looked = look(stage.engine, 1);
    for (let count = 0; count < 10; count++) {
      await settle();
      if (!stage.worker().terminated) stage.worker().stop(stage.worker().last?.id);
    }
    await settle();
    expect([stage.ports.length, kinds(stage), looked.ends]).toEqual([4, all('failed'), ['stopped']]);
    stage.held.clear();
    stage.engine.retry('mlp');
    await settle();
    expect([stage.ports.length, kinds(stage)]).toEqual([5, all('ready')]);
  });

  test('a worker that hangs is replaced after its time, and the newest look is answered', async () => {
    const stage = play({}, 'look');
    stage.engine.start();
    const first = look(stage.engine, 1);
    await settle();
    stage.worker().reply({ id: stage.worker().asked('look')[0]?.id ?? 0, kind: 'asking', model: 'knn' });
    const newest = [look(stage.engine, 2), look(stage.engine, 3)].at(-1);
    stage.held.delete('look');
    await vi.advanceTimersByTimeAsync(LIMITS.step);
    expect([stage.ports.length, kinds(stage)]).toEqual([2, { mlp: 'ready', cnn: 'ready', knn: 'failed' }]);
    expect([first.ends, newest?.ends]).toEqual([[], [undefined]]);
  });
});

describe('a look', () => {
  test('waits for no pictures of neighbours: they come after it, or word that they do not', async () => {
    for (const isThere of [true, false]) {
      const stage = play({}, 'look', 'recall');
      stage.engine.start();
      const looked = look(stage.engine, 7);
      await settle();
      const neighbours = [{ reference: 5, label: 0, distance: 1, thumbnail: undefined }];
      const id = stage.worker().asked('look')[0]?.id ?? 0;
      stage.worker().reply({ id, kind: 'progress', progress: { look: 7, part: 'neighbours', neighbours, pictures: 'coming' } });
      stage.worker().value(id, null);
      await settle();
      expect(looked.ends).toEqual([undefined]);
      const [recall] = stage.worker().asked('recall');
      expect(recall?.ask.references).toEqual([5]);
      if (isThere) stage.worker().value(recall?.id, [Uint8Array.of(9)]);
      else stage.worker().reply({ id: recall?.id ?? 0, kind: 'error', error: { code: 'io', message: 'io' }, fatal: false });
      await settle();
      expect(looked.sights.at(-1)).toMatchObject({ look: 7, pictures: isThere ? 'there' : 'missing', neighbours: [{ thumbnail: isThere ? Uint8Array.of(9) : undefined }] });
    }
  });
});

test('a call that is cancelled while its model is still on its way does not wait for it', async () => {
  const stage = play({}, 'load');
  stage.engine.start();
  const abort = new AbortController();
  const measured = stage.engine.measure('cnn', () => undefined, abort.signal);
  await settle();
  abort.abort();
  await expect(measured).rejects.toMatchObject({ code: 'cancelled' });
  expect(stage.worker().asked('measure')).toEqual([]);
});

describe('the test set', () => {
  test('that failed is fetched again past the caches when it is next wanted', async () => {
    const stage = play({}, 'open');
    stage.engine.start();
    const first = stage.engine.testSet().catch((problem: unknown) => problem);
    await settle();
    stage.worker().reply({ id: stage.worker().asked('open')[0]?.id ?? 0, kind: 'error', error: { code: 'format', message: 'html' }, fatal: false });
    expect(await first).toMatchObject({ code: 'format' });
    stage.held.clear();
    const again = stage.engine.testSet();
    await settle();
    expect([await again, stage.worker().asked('open').map(({ ask }) => ask.anew)]).toEqual([70, [false, true]]);
  });

  test('of the visitor takes the place of the site’s that is slow, whatever becomes of that; one that cannot be read does not', async () => {
    const stage = play({}, 'open');
    stage.engine.start();
    const site = stage.engine.testSet();
    const own = { images: new Blob(['own']), labels: new Blob(['own']) };
    await settle();
    const visitors = stage.engine.openTestSet(own);
    await settle();
    const [slow, quick] = stage.worker().asked('open');
    stage.worker().value(quick?.id, { length: 9, files: own });
    stage.worker().reply({ id: slow?.id ?? 0, kind: 'error', error: { code: 'cancelled', message: 'another was opened' }, fatal: false });
    expect(await Promise.all([site, visitors, stage.engine.testSet()])).toEqual([9, 9, 9]);

    const broken = stage.engine.openTestSet({ images: new Blob(['x']), labels: new Blob(['y']) }).catch((problem: unknown) => problem);
    await settle();
    stage.worker().reply({ id: stage.worker().asked('open').at(-1)?.id ?? 0, kind: 'error', error: { code: 'format', message: 'IDX' }, fatal: false });
    expect(await broken).toMatchObject({ code: 'format' });
    void stage.engine.testSet();
    await settle();
    expect(stage.worker().asked('open').at(-1)?.ask.files).toBe(own);
  });
});

test('after workers that never said a word, the next one is told how many they were', async () => {
  const mute: number[] = [];
  const engine = new Engine(
    {
      wasm: { plain: '', relaxed: '' },
      models: files,
      labels: [],
      testSet: undefined,
      spawn: (_, before) => {
        mute.push(before);
        const port = new HandPort();
        queueMicrotask(() => port.onerror?.({ message: '', preventDefault: () => undefined } as ErrorEvent));
        return port;
      },
    },
    () => undefined,
  );
  engine.start();
  for (let tries = 0; tries < 3; tries++) {
    await settle();
    engine.retry('mlp');
  }
  await settle();
  expect(mute).toEqual([0, 1, 2, 3]);
});

describe('the end', () => {
  test('rejects what was asked and what is asked from then on, and leaves nothing', async () => {
    const stage = play({ threads: 3 }, 'measure', 'look', 'recall');
    stage.engine.start();
    const looks = [look(stage.engine, 1), look(stage.engine, 2)];
    const asked = [stage.engine.measure('mlp', () => undefined, new AbortController().signal), stage.engine.ask('recall', { references: [1] })];
    await settle();
    expect(stage.ports).toHaveLength(3);
    stage.engine.end();
    const later = [stage.engine.testSet(), stage.engine.sample(() => 0), stage.engine.measure('mlp', () => undefined, new AbortController().signal), stage.engine.diagram('mlp')];
    const codes = (await Promise.allSettled([...asked, ...later])).map((ending) => ending.status === 'rejected' && (ending.reason as { code: string }).code);
    expect(codes).toEqual(Array(6).fill('ended'));
    looks.push(look(stage.engine, 3));
    await settle();
    expect(looks.map(({ ends }) => ends)).toEqual([['ended'], ['ended'], ['ended']]);
    expect(stage.ports.map(({ terminated, onmessage, onerror }) => [terminated, onmessage, onerror])).toEqual(Array(3).fill([true, null, null]));
    await vi.advanceTimersByTimeAsync(10 * LIMITS.idle);
    expect([stage.ports.length, vi.getTimerCount()]).toEqual([3, 0]);
  });

  test('settles what waits for a model that never came', async () => {
    const stage = play({}, 'load');
    stage.engine.start();
    const waiting = stage.engine.ask('layers', { model: 'cnn', pixels: new Float32Array(784) });
    await settle();
    stage.engine.end();
    await expect(waiting).rejects.toMatchObject({ code: 'ended' });
  });
});
