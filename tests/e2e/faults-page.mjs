/** What runs in the page of the test build: changes of the drawing, during which functions fail, and what a visitor sees meanwhile. */

/** Runs in the page: puts `globalThis.trial` there. `pictures`: how many states of the drawing Undo and Redo go through. */
export function install({ seed, pictures }) {
  const { faults } = globalThis;
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

  const app = document.querySelector('vitrine-app');
  const { shadowRoot: root } = app;
  const of = (name, place = root) => place.querySelector(name)?.shadowRoot;
  const texts = (place, selector) => Array.from(place?.querySelectorAll(selector) ?? [], (element) => element.textContent.replace(/\s+/g, ' ').trim());
  const roles = Array.from(of('vitrine-probability-bars').querySelectorAll('th[data-model]'), ({ dataset }) => dataset.model);
  const said = (cell) => Array.from(cell.childNodes, (node) => (node.nodeType === Node.COMMENT_NODE || node.classList?.contains('note') ? '' : node.textContent)).join('').replace(/\s+/g, ' ').trim();
  const breaking = () => of('vitrine-why-section')?.querySelector('vitrine-break-panel');

  /** What a visitor sees of the answers. */
  const shown = () => {
    const bars = of('vitrine-probability-bars');
    return {
      picture: root.querySelector('vitrine-model-input').prepared?.pixels.join(),
      columns: Object.fromEntries(roles.map((role) => [role, texts(bars, `td[data-model="${role}"] .value`).filter((text) => text !== '').join(' ')])),
      statuses: Object.fromEntries(roles.map((role) => [role, bars.querySelector(`th[data-model="${role}"]`).dataset.status])),
      verdict: texts(of('vitrine-answer-verdict'), '.word, .soft, .doubt').join(' | '),
      neighbours: texts(of('vitrine-nearest-neighbours'), 'figcaption').join(' ').trim(),
      // A note beside it compares it with the answers above, which may be on their way.
      changed: { picture: breaking()?.changed?.join(), answers: Object.fromEntries(Array.from(breaking()?.shadowRoot?.querySelectorAll('.answers tbody tr') ?? [], (row) => [row.cells[0].textContent.trim(), said(row.querySelector('.now'))])) },
      busy: app.dataset.asked !== app.dataset.seen,
    };
  };
  const problems = () => [...texts(root, '.notice.problem p'), ...texts(of('vitrine-why-section'), '.problem')];
  const buttons = () =>
    [...of('vitrine-probability-bars').querySelectorAll('th button[aria-describedby=failures]'), ...(of('vitrine-why-section')?.querySelectorAll('.problem button') ?? [])];

  /** By the pixels that the models saw: what is right. */
  const calm = new Map();
  const byGrey = new Map();

  const wrongs = new Set();
  /** Whatever is shown now belongs to one picture, and what is missing says why. */
  const watch = () => {
    const { picture, columns, statuses, neighbours, changed, busy } = shown();
    const right = calm.get(picture);
    if (!right && picture !== undefined) wrongs.add('a picture that nobody drew');
    for (const role of roles) {
      if (columns[role] === '') {
        if (statuses[role] === 'ready' && !busy && problems().length === 0) wrongs.add(`${role} says nothing, and not why`);
      } else if (columns[role] !== right?.columns[role]) wrongs.add(`${role}: an answer to another picture`);
    }
    if (neighbours !== '' && neighbours !== right?.neighbours) wrongs.add('neighbours of another picture');
    const own = byGrey.get(changed.picture);
    if (own) for (const [model, text] of Object.entries(changed.answers)) if (text !== '' && text !== own[model]) wrongs.add(`${model}: ${text} of the changed picture, expected ${own[model]}`);
  };

  /** Waits, frame by frame, until it holds; everything in between is watched. */
  const when = async (holds, what) => {
    for (const begun = performance.now(); !holds(); ) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      if (calm.size > 0) watch();
      if (performance.now() - begun > 50_000) throw new Error(`waited for ${what}: ${JSON.stringify({ ...shown(), picture: undefined })} ${problems()}`);
    }
  };
  const pad = of('vitrine-sketch-pad');
  const [undo, redo] = ['Undo', 'Redo'].map((name) => Array.from(pad.querySelectorAll('button')).find((button) => button.textContent.trim() === name));
  let at = pictures - 1;
  /** One state back or forth; a button that is not rendered anew yet does nothing. */
  const step = async () => {
    const forth = at === 0 || (at < pictures - 1 && below(2) === 0);
    const [button, before] = [forth ? redo : undo, app.dataset.asked];
    await when(() => button.getAttribute('aria-disabled') !== 'true', 'a button');
    button.click();
    await when(() => app.dataset.asked !== before, 'a look to be asked for');
    at += forth ? 1 : -1;
  };
  const isWhole = () => {
    const { columns, changed, neighbours, busy } = shown();
    return !busy && neighbours !== '' && roles.every((role) => columns[role] !== '') && changed.picture !== undefined && Object.keys(changed.answers).length === roles.length && Object.values(changed.answers).every((text) => text !== '');
  };

  /** What is right: every state of the drawing without any fault. By state, for when all is over. */
  const states = [];
  const begin = async () => {
    for (let index = pictures - 1; index >= 0; index--) {
      if (index < pictures - 1) {
        at = index;
        const before = Number(app.dataset.asked);
        undo.click();
        await when(() => Number(app.dataset.seen) > before, 'a look');
      }
      await when(isWhole, 'the answers');
      const seen = shown();
      states[index] = seen;
      calm.set(seen.picture, seen);
      byGrey.set(seen.changed.picture, seen.changed.answers);
    }
    calm.size === pictures || wrongs.add('two states of the drawing are alike');
    return states.map(({ verdict }) => verdict);
  };

  const FAILS = [['new Prepared', 1], ['Prepared.pixels', 1], ['Prepared.step_grey', 6], ['Network.predict', 6], ['KnnIndex.predict', 2], ['KnnIndex.novelty', 2], ['KnnIndex.nearest', 1], ['KnnIndex.thumbnail', 8], ['Distortion.apply', 1]];
  // The next instance fails while it starts or loads: this one is ended for it.
  const NEXT = [['init', 1], ['verify', 4], ['new Network', 3], ['new KnnIndex', 1], ['class_names', 1], ['Network.labels', 3]];

  /** One fault: what was told to fail, whether it did, and what the visitor saw after it. */
  async function trial(kinds) {
    wrongs.clear();
    const [name, most] = pick([...FAILS, ...NEXT]);
    const plan = { name, nth: 1 + below(most), kind: pick(kinds) };
    const before = faults.failed.length;
    if (NEXT.some(([next]) => next === name)) {
      faults.armNext('first', plan);
      faults.arm('first', { name: 'new Prepared', nth: 1, kind: 'trap' });
    } else {
      faults.arm('first', plan);
    }
    // The drawing changes a few times, whatever the worker does meanwhile.
    for (let changes = 1 + below(3); changes > 0; changes--) {
      await step();
      for (let frames = below(6); frames > 0; frames--) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        watch();
      }
    }
    // Whoever sees that something failed tries again, or goes on drawing.
    const isSettled = () => {
      const { statuses, busy } = shown();
      return !busy && roles.every((role) => ['ready', 'failed'].includes(statuses[role]));
    };
    await when(() => isSettled() && (isWhole() || buttons().length > 0 || problems().length > 0), 'an end');
    faults.arm('first');
    const failed = faults.failed.slice(before);
    const { failedAt } = faults;
    const told = problems();
    await step();
    await when(() => isSettled() && Object.values(shown().columns).some((text) => text !== ''), 'a right answer');
    const milliseconds = failed.length > 0 ? performance.now() - failedAt : 0;
    for (let presses = 0; !isWhole(); presses++) {
      if (presses === 10) throw new Error(`tried again ten times: ${JSON.stringify({ ...shown(), picture: undefined })} ${problems()}`);
      buttons()[0]?.click();
      await when(() => isSettled() && (isWhole() || buttons().length > 0), 'all to be mended');
    }
    const { verdict, neighbours, columns, changed } = shown();
    const right = states[at];
    const [inTheEnd, expected] = [{ verdict, neighbours, columns, changed: changed.answers }, { verdict: right.verdict, neighbours: right.neighbours, columns: right.columns, changed: right.changed.answers }].map((all) => JSON.stringify(all));
    if (inTheEnd !== expected) wrongs.add(`in the end ${inTheEnd}, expected ${expected}`);
    // What is over is not spoken of any more.
    await when(() => problems().length === 0, 'the notices to go');
    return { ...plan, failed, told, milliseconds, wrongs: [...wrongs] };
  }

  globalThis.trial = { begin, trial };
}
