/** What runs in the page of the test build that has the engine alone: looks, measurements and panels' calls, in which functions fail. */

/** Runs in the page: puts `globalThis.trial` there. `pictures`: how many different ones. */
export function install({ seed, pictures: count }) {
  const { engine, statuses, faults } = globalThis;
  let state = seed >>> 0;
  /** 0 ≤ x < 1, the same for the same seed (mulberry32). */
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(random() * limit);
  const pick = (list) => list[below(list.length)];

  /** Bright boxes on black. */
  const pictures = Array.from({ length: count }, () => {
    const rgba = new Uint8ClampedArray(28 * 28 * 4);
    for (let at = 3; at < rgba.length; at += 4) rgba[at] = 255;
    for (let boxes = 0; boxes < 3; boxes++) {
      const [x, y, width, height, ink] = [2 + below(12), 2 + below(12), 5 + below(10), 5 + below(10), 120 + below(136)];
      for (let row = y; row < y + height; row++) for (let column = x; column < x + width; column++) rgba.fill(ink, (row * 28 + column) * 4, (row * 28 + column) * 4 + 3);
    }
    return { rgba, width: 28, height: 28 };
  });
  const pixels = pictures.map(({ rgba }) => Float32Array.from({ length: 784 }, (_, at) => rgba[at * 4] / 255));

  let number = 0;
  const waiting = new Map();
  /** Looks at a picture; what does not belong to it is counted. A look that a newer one replaced ends with that. */
  const look = (which) =>
    new Promise((resolve) => {
      const own = ++number;
      const answers = {};
      let stale = 0;
      const over = (problem) => resolve({ which, answers, stale, problem });
      waiting.set(own, over);
      engine.look({
        number: own,
        picture: pictures[which],
        recipe: 'sketch',
        switched: [],
        see(sight) {
          if (sight.look !== own) stale += 1;
          if (sight.part === 'answer') answers[sight.answer.model] = sight.answer.probabilities;
        },
        end(problem) {
          for (const [older, ended] of waiting) {
            if (older > own) continue;
            waiting.delete(older);
            ended(older === own ? problem?.code : 'replaced');
          }
        },
      });
    });
  const every = () => [...statuses.values()];
  const when = (holds) =>
    new Promise((resolve) => {
      const check = () => {
        if (!holds()) return;
        globalThis.removeEventListener('status', check);
        resolve();
      };
      globalThis.addEventListener('status', check);
      check();
    });
  const settled = () => when(() => engine.models.every((model) => ['ready', 'failed'].includes(statuses.get(model)?.kind)));
  const equal = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const code = (promise) => promise.then(() => 'done', (problem) => problem.code ?? String(problem));

  const calm = [];
  let measured;
  /** What is right: answers and a measurement without any fault. */
  const begin = async () => {
    await settled();
    for (let which = 0; which < count; which++) calm.push((await look(which)).answers);
    measured = (await engine.measure('mlp', () => undefined, new AbortController().signal)).confusion;
    return { models: engine.models, answers: calm };
  };

  const none = { shift_x: 0, shift_y: 0, degrees: 10, scale: 1, blur: 0, outline: 0, contrast: 1, erase: 0, noise: 0, seed: 0 };
  const network = () => pick(engine.models.filter((model) => engine.isNetwork(model)));
  /** What is asked, and which of the package's functions that takes, at most how often. */
  const deeds = [
    { name: 'look', run: () => look(below(count)), fails: [['new Prepared', 1], ['Prepared.pixels', 1], ['Prepared.step_grey', 6], ['Network.predict', 3], ['KnnIndex.predict', 1], ['KnnIndex.novelty', 1], ['KnnIndex.nearest', 1], ['KnnIndex.thumbnail', 8]] },
    { name: 'occlude', run: () => engine.ask('occlude', { model: network(), pixels: pixels[below(count)] }), fails: [['Network.predict', 6]] },
    { name: 'layers', run: () => engine.ask('layers', { model: 'cnn', pixels: pixels[below(count)] }), fails: [['Activations.maps', 1], ['Activations.filters', 1]] },
    { name: 'distort', run: () => engine.ask('distort', { pixels: pixels[below(count)], distortion: none }), fails: [['Distortion.apply', 1], ['Network.predict', 3], ['KnnIndex.predict', 1], ['KnnIndex.novelty', 1]] },
    { name: 'measure', run: measureSome, fails: [['Network.predict', 60], ['TestSet.batch', 60], ['new Report', 1], ['Report.confusion', 1]] },
    { name: 'sample', run: () => engine.sample(below), fails: [['TestSet.batch', 1]] },
    { name: 'images', run: () => engine.testSet().then(() => engine.ask('images', { indices: [1, 2, 3] })), fails: [['TestSet.batch', 3]] },
    { name: 'gallery', run: () => engine.ask('gallery', { source: 'index', each: 2 }), fails: [['KnnIndex.label', 20], ['KnnIndex.thumbnail', 20]] },
    { name: 'recall', run: () => engine.ask('recall', { references: [1, 2] }), fails: [['KnnIndex.thumbnail', 2]] },
    { name: 'read', run: () => engine.read({ rgba: new Uint8ClampedArray(4 * 64 * 64).fill(90), width: 64, height: 64 }), fails: [['new Reducer', 1], ['Reducer.push', 1], ['Reducer.finish', 1]] },
    { name: 'diagram', run: () => engine.diagram(network()), fails: [['Diagram::from_onnx', 1], ['Diagram.layers', 1]] },
    { name: 'calibrate', run: () => engine.ask('calibrate', { truth: Uint8Array.of(0, 1), probabilities: new Float32Array(20).fill(0.1) }), fails: [['new Calibration', 1], ['Calibration.answered', 1]] },
    // The next instance fails while it starts or loads: this one is ended for it.
    { name: 'restart', run: () => look(below(count)), next: true, fails: [['init', 1], ['verify', 4], ['new Network', 3], ['new KnnIndex', 1], ['class_names', 1], ['Network.labels', 3]] },
    { name: 'helper', run: measureAll, helper: true, fails: [['Network.predict', 20], ['init', 1], ['new Network', 1]] },
  ];

  /** Begins a measurement and stops it after a while. */
  async function measureSome() {
    const abort = new AbortController();
    const model = pick(engine.models);
    return engine.measure(model, ({ done }) => done > 64 && abort.abort(), abort.signal);
  }

  /** Measures the MLP wholly: helpers are lost, images are not. */
  async function measureAll() {
    const { confusion } = await engine.measure('mlp', () => undefined, new AbortController().signal);
    if (!equal(confusion, measured)) throw new Error('another measurement');
  }

  /** Every function of every deed, in an order of its own each time round. */
  let order = [];
  const next = () => {
    if (order.length === 0) {
      order = deeds.flatMap((deed) => deed.fails.map(([name, most]) => ({ deed, name, most, at: random() })));
      order.sort((a, b) => a.at - b.at);
    }
    return order.pop();
  };

  const CODES = ['done', 'stopped', 'timeout', 'cancelled'];

  /** One fault: what was told to fail, whether it did, and what went on after it. */
  async function trial(kinds) {
    engine.forgive(...deeds.map(({ name }) => name), 'open');
    const { deed, name, most } = next();
    const plan = { name, nth: 1 + below(most), kind: pick(kinds) };
    const before = faults.failed.length;
    if (deed.next) {
      faults.armNext('first', plan);
      faults.arm('first', { name: 'new Prepared', nth: 1, kind: 'trap' });
    } else if (deed.helper) {
      faults.armNext('helper', plan);
      faults.arm('helper', plan);
    } else {
      faults.arm('first', plan);
    }
    // Something else is under way, and a look comes in between.
    const other = below(2) ? code(pick(deeds.filter(({ next, helper, fails }) => !next && !helper && fails[0][0] !== name)).run()) : Promise.resolve('done');
    const [own, looked, others] = await Promise.all([code(Promise.resolve(deed.run())), look(below(count)), other]);
    faults.arm('first');
    faults.arm('helper');
    const failed = faults.failed.slice(before);
    const { failedAt } = faults;

    // A right answer, from whom is left, soon.
    let answered;
    const which = below(count);
    for (;;) {
      answered = await look(which);
      if (Object.keys(answered.answers).length > 0) break;
      await when(() => every().some(({ kind }) => kind === 'ready'));
    }
    const milliseconds = failed.length > 0 ? performance.now() - failedAt : 0;
    const statusesAfter = Object.fromEntries([...statuses].map(([model, { kind }]) => [model, kind]));
    // Then all of them, once what failed is tried again.
    await settled();
    for (const [model, { kind }] of statuses) if (kind === 'failed') engine.retry(model);
    await settled();
    const whole = await look(which);
    const wrong = [looked, answered, whole].filter(({ which: at, answers, stale }) => stale > 0 || Object.keys(answers).some((model) => !equal(answers[model], calm[at][model])));
    const problems = [];
    if (wrong.length > 0) problems.push('a wrong or a stale answer');
    if (!engine.models.every((model) => whole.answers[model])) problems.push(`not all answered: ${JSON.stringify([...statuses])}, ${whole.problem}`);
    for (const end of [own, others]) if (!CODES.includes(end)) problems.push(`a call ended in ${end}`);
    return { deed: deed.name, ...plan, failed, own, others, statuses: statusesAfter, milliseconds, problems };
  }

  globalThis.trial = { begin, trial };
}
