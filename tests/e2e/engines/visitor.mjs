/**
 * A visitor of the site in any browser: what one does by pointer, keyboard and file, and the states that a scenario waits
 * for. It stands on the few verbs that every driver has.
 *
 * @typedef {object} Tab what a driver gives
 * @property {(url: string) => Promise<void>} open goes to an address, until it is loaded
 * @property {() => Promise<void>} reload
 * @property {(script: string) => Promise<unknown>} evaluate the value of an expression in the page, promises awaited, as JSON
 * @property {(points: [number, number][]) => Promise<void>} stroke presses at the first point of the view, moves, releases at the last
 * @property {(key: string, held?: string[]) => Promise<void>} press a key, named as in `KeyboardEvent.key`, with others held
 * @property {() => Promise<Tab>} frame the first frame in the page: what one does there is of its view, what is heard of the tab
 * @property {() => Promise<string[]>} complaints console errors and warnings, failed and straying requests, so far
 */
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds after which a state that is waited for counts as never coming. */
const PATIENCE = 60_000;
/** Milliseconds between two looks at the page. */
const INTERVAL = 20;

/**
 * Runs in the page: elements by selector, through shadow roots. In `a >>> b`, `b` is sought below `a`, in whatever tree.
 * `text`: only those of which it is the whole text.
 */
function finder() {
  function* below(root) {
    for (const element of root.querySelectorAll('*')) {
      yield element;
      if (element.shadowRoot) yield* below(element.shadowRoot);
    }
  }
  const within = function* (root) {
    if (root.shadowRoot) yield* below(root.shadowRoot);
    yield* below(root);
  };
  const all = (selector, text = null) => {
    let roots = [document];
    for (const part of selector.split(' >>> ')) roots = roots.flatMap((root) => [...within(root)].filter((element) => element.matches(part)));
    return [...new Set(roots)].filter((element) => text === null || element.textContent.trim() === text);
  };
  const find = (selector, text) => all(selector, text)[0];
  return Object.assign(find, { all });
}

/**
 * Runs in the page: brings an element into view; its middle, once it is enabled, lies still, and a click there would reach it.
 * Two frames: browsers scroll in a process of its own, which hears of it with the next frame.
 */
async function reachable(find, selector, text) {
  const element = find(selector, text);
  if (!element || element.matches(':disabled, [aria-disabled=true]')) return null;
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  const before = element.getBoundingClientRect();
  for (let frame = 0; frame < 2; frame++) await new Promise((shown) => requestAnimationFrame(shown));
  const { x, y, width, height } = element.getBoundingClientRect();
  if (x !== before.x || y !== before.y || width === 0) return null;
  const middle = [x + width / 2, y + height / 2];
  let hit = document.elementFromPoint(...middle);
  for (;;) {
    const inner = hit?.shadowRoot?.elementFromPoint(...middle);
    if (!inner || inner === hit) break;
    hit = inner;
  }
  return hit && element.contains(hit) ? middle : null;
}

/** Runs in the page: hands files to a file input. */
function give(find, selector, files) {
  const transfer = new DataTransfer();
  for (const { name, type, bytes } of files) transfer.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name, { type }));
  const input = find(selector);
  input.files = transfer.files;
  for (const event of ['input', 'change']) input.dispatchEvent(new Event(event, { bubbles: true, composed: true }));
}

/** The driver has stopped answering, which says nothing of the page. */
export class StuckDriver extends Error {}

export class Visitor {
  #tab;
  #url;

  /** @param {Tab} tab @param {string} url the site's address */
  constructor(tab, url) {
    this.#tab = tab;
    this.#url = url;
  }

  /** Opens the site; `path`: what follows its address. */
  open(path = '') {
    return this.#tab.open(this.#url + path);
  }

  reload() {
    return this.#tab.reload();
  }

  /** The value of `work(find, ...values)` in the page. `find` gives an element by a selector through shadow roots, `find.all` all of them. */
  run(work, ...values) {
    return this.#tab.evaluate(`(${work})((${finder})(), ...${JSON.stringify(values)})`);
  }

  /** Waits until `work`, as in `run`, gives something truthy, and returns it. */
  async until(work, ...values) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const value = await this.run(work, ...values);
      if (value) return value;
      if (Date.now() > end) throw new Error(`after ${PATIENCE / 1000} s still not so: ${work} with ${JSON.stringify(values)}\n${await this.#shown()}`);
      await pause(INTERVAL);
    }
  }

  /** Waits until an element is there. */
  async present(selector, text) {
    await this.until((find, ...sought) => find(...sought) !== undefined, selector, text);
  }

  /** Clicks in the middle of an element as soon as it can be reached and is enabled. */
  async click(selector, text) {
    await this.#tab.stroke([await this.until(reachable, selector, text)]);
  }

  /** Draws over an element: `points` as shares of its sides. */
  async draw(selector, points) {
    await this.until(reachable, selector);
    const { x, y, width, height } = await this.run((find, selector) => find(selector).getBoundingClientRect().toJSON(), selector);
    await this.#tab.stroke(points.map(([across, down]) => [x + width * across, y + height * down]));
  }

  /** Gives an element the focus. */
  async focus(selector) {
    await this.present(selector);
    await this.run((find, selector) => find(selector).focus(), selector);
  }

  /** Presses a key, others held down meanwhile: `press('z', 'Control')`. */
  press(key, ...held) {
    return this.#tab.press(key, held);
  }

  /** Chooses files. */
  async choose(selector, ...files) {
    await this.present(selector);
    await this.run(give, selector, files.map(({ name, type = '', bytes }) => ({ name, type, bytes: Buffer.from(bytes).toString('base64') })));
  }

  /** A visitor of the first frame of the page, once it is there. */
  async frame() {
    await this.present('iframe');
    return new Visitor(await this.#tab.frame(), this.#url);
  }

  /** What was complained of so far. */
  complaints() {
    return this.#tab.complaints();
  }

  /** What the page says, for whoever reads why a state never came. */
  #shown() {
    return this.run((find) => {
      const shown = (element) => element.checkVisibility() && [...element.childNodes].some(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim());
      return `The page shows: ${find.all('h1, h2, p, button, output, td, span').filter(shown).map(({ textContent }) => textContent.trim().replace(/\s+/g, ' ')).join(' | ').slice(0, 6000)}`;
    });
  }
}
