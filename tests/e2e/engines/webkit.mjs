/** WebKitGTK by classic WebDriver, on a screen of its own: a browser, and tabs with the verbs that a visitor needs. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../site.mjs';
import { StuckDriver } from './visitor.mjs';

const DRIVER = process.env.WEBKIT_DRIVER || '/usr/bin/WebKitWebDriver';
const SCREEN = process.env.XVFB || '/usr/bin/Xvfb';
/** Milliseconds after which a page counts as never coming. */
const PATIENCE = 60_000;
/** Milliseconds after which a driver counts as stuck; longer than a script may take. */
const LIMIT = 180_000;
const VIEW = { width: 1280, height: 1000 };
/** As WebDriver calls keys that write nothing. */
const KEYS = { Enter: '\uE007', Shift: '\uE008', Control: '\uE009', ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015' };
/** What Debian's packages are called. */
export const PACKAGES = 'webkit2gtk-driver xvfb';
/**
 * Listens in the page from when its HTML is there: an automated WebKit writes no console, and runs nothing before a page.
 */
const LISTEN = `(() => {
  const said = (globalThis.complained = []);
  for (const level of ['error', 'warn']) {
    const write = console[level];
    console[level] = (...words) => (said.push(level + ': ' + words.join(' ')), write.apply(console, words));
  }
  const { fetch } = globalThis;
  globalThis.fetch = async (...asked) => {
    const response = await fetch(...asked);
    if (response.status >= 400) said.push('status ' + response.status + ': ' + response.url);
    return response;
  };
  addEventListener('error', ({ error, message, target }) => said.push(target === window ? 'page error: ' + (error?.stack ? error + error.stack : message) : 'error: ' + (target.src ?? target.href) + ' did not come'), true);
  addEventListener('unhandledrejection', ({ reason }) => said.push('page error: ' + reason));
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => said.push('error: ' + effectiveDirective + ' forbids ' + blockedURI));
})()`;
const HEARD = `[...(globalThis.complained ?? ['nobody listened']), ...performance.getEntriesByType('resource').map(({ name }) => name)
  .filter((name) => /^https?:/.test(name) && !['127.0.0.1', 'localhost'].includes(new URL(name).hostname)).map((name) => 'request leaves the machine: ' + name)]`;

/** The browser that the driver is for, where the package puts it. */
function miniBrowser() {
  const folders = ['/usr/lib', '/usr/libexec'].filter(existsSync).flatMap((root) => [root, ...readdirSync(root).map((name) => join(root, name))]);
  for (const version of ['4.1', '4.0']) {
    const found = folders.map((folder) => join(folder, `webkit2gtk-${version}`, 'MiniBrowser')).find(existsSync);
    if (found) return found;
  }
  return undefined;
}

/** Whether this machine has all that is needed. */
export const isInstalled = () => existsSync(DRIVER) && existsSync(SCREEN) && miniBrowser() !== undefined;

/** Starts a program that this process neither waits for nor leaves behind, however it ends; `end` ends it, with all that it started. */
function started(program, args, options) {
  const child = spawn(program, args, { ...options, detached: true });
  const end = () => {
    process.off('exit', end);
    child.ref();
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself, or never began.
    }
  };
  process.once('exit', end);
  child.unref();
  return { child, end };
}

/** Starts a screen; tabs are browsers of their own, whose `close` forgets what they stored. */
export async function launch() {
  const { child: screen, end: stop } = started(SCREEN, ['-displayfd', '3', '-screen', '0', '1400x1100x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const display = await new Promise((done, fail) => {
    screen.once('error', fail).once('exit', (code) => fail(new Error(`${SCREEN} ended with ${code}`)));
    // It writes the number and the end of the line one after the other, and gives up where nobody reads the second.
    let number = '';
    screen.stdio[3].on('data', (text) => (number += text)).once('end', () => done(`:${number.trim()}`));
  });
  // A driver now and then waits for ever for the browser that it has started.
  const tab = () => open(display).catch((thrown) => (thrown instanceof StuckDriver ? open(display) : Promise.reject(thrown)));
  const first = await tab();
  const { version } = first;
  await first.close();
  return { engine: 'webkit', version: `WebKitGTK/${version}`, tab, stop };
}

async function open(display) {
  const port = await freePort();
  const { child: driver, end } = started(DRIVER, [`--port=${port}`], { env: { ...process.env, DISPLAY: display }, stdio: 'ignore' });
  const ended = new Promise((done) => driver.once('exit', done));
  const call = async (method, path, body, limit = LIMIT) => {
    const signal = AbortSignal.timeout(limit);
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, signal, ...(body && { body: JSON.stringify(body) }) }).catch((thrown) => {
      throw signal.aborted ? new StuckDriver(`${method} ${path}: no answer of ${DRIVER} within ${limit / 1000} s`) : thrown;
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
  await reached(() => call('GET', '/status'), ended);
  const wanted = { 'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] }, pageLoadStrategy: 'none', timeouts: { script: 120_000 } };
  const { sessionId, capabilities } = await call('POST', '/session', { capabilities: { alwaysMatch: wanted } }, PATIENCE).catch((thrown) => {
    end();
    throw thrown;
  });
  const session = `/session/${sessionId}`;
  await call('POST', `${session}/window/rect`, { x: 0, y: 0, ...VIEW });
  const act = (...actions) => call('POST', `${session}/actions`, { actions });
  const evaluate = async (script) => {
    const { value, thrown } = JSON.parse(await call('POST', `${session}/execute/async`, { script: `const [done] = arguments; (async () => (${script}))().then((value) => done(JSON.stringify({ value })), (thrown) => done(JSON.stringify({ thrown: String(thrown) + '\\n' + thrown.stack })))`, args: [] }));
    if (thrown !== undefined) throw new Error(thrown);
    return value ?? undefined;
  };
  /** Goes to another document by `go`, which does not wait: the driver can miss that a page has loaded, and wait for ever. */
  const leave = async (go) => {
    await evaluate('globalThis.isLeft = true');
    await go();
    for (const end = Date.now() + PATIENCE; ; await pause(20)) {
      try {
        if (await evaluate("!globalThis.isLeft && document.readyState !== 'loading'")) break;
      } catch (thrown) {
        // Between two documents there is none to ask.
        if (Date.now() > end) throw thrown;
      }
      if (Date.now() > end) throw new Error(`after ${PATIENCE / 1000} s the page has not come`);
    }
    await evaluate(LISTEN);
  };
  const stroke = (points) => {
    const [first, ...rest] = points.map(([x, y]) => ({ type: 'pointerMove', origin: 'viewport', x: Math.round(x), y: Math.round(y), duration: 0 }));
    return act({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: [first, { type: 'pointerDown', button: 0 }, ...rest, { type: 'pointerUp', button: 0 }] });
  };
  const tab = {
    version: capabilities.browserVersion,
    open: (url) => leave(() => call('POST', `${session}/url`, { url })),
    reload: () => leave(() => call('POST', `${session}/refresh`, {})),
    evaluate,
    stroke,
    press: (key, held = []) => {
      const keys = [...held, key].map((name) => KEYS[name] ?? name);
      const downs = keys.map((value) => ({ type: 'keyDown', value }));
      const ups = keys.toReversed().map((value) => ({ type: 'keyUp', value }));
      return act({ type: 'key', id: 'keyboard', actions: [...downs, ...ups] });
    },
    frame: () => frame(),
    complaints: () => evaluate(HEARD),
    async close() {
      // It may have stopped answering: then it is ended all the same.
      await call('DELETE', session).catch(() => undefined);
      end();
      await ended;
    },
  };
  /** In the page's view, what is in its first frame's. */
  const frame = () => ({
    ...tab,
    async evaluate(script) {
      for (const end = Date.now() + PATIENCE; ; await pause(20)) {
        try {
          await call('POST', `${session}/frame`, { id: 0 });
          return await evaluate(script);
        } catch (thrown) {
          // While it changes its document there is none, or it goes under one's hands.
          if (!/no such (frame|window)/.test(thrown.message) || Date.now() > end) throw thrown;
        } finally {
          await call('POST', `${session}/frame`, { id: null });
        }
      }
    },
    async stroke(points) {
      const [left, top] = await evaluate(FRAME);
      await stroke(points.map(([x, y]) => [left + x, top + y]));
    },
  });
  return tab;
}

/** Brings the first frame into view; where its inside begins in the page's. */
const FRAME = `(() => {
  const frame = document.querySelector('iframe');
  frame.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  const { left, top } = frame.getBoundingClientRect();
  return [left + frame.clientLeft, top + frame.clientTop];
})()`;

/** Waits until the driver answers; fails when it has ended. */
async function reached(ask, ended) {
  let code;
  void ended.then((status) => (code = status ?? 'a signal'));
  for (const end = Date.now() + PATIENCE; ; await pause(20)) {
    if (code !== undefined) throw new Error(`${DRIVER} ended with ${code}`);
    try {
      return await ask();
    } catch (thrown) {
      if (Date.now() > end) throw thrown;
    }
  }
}
