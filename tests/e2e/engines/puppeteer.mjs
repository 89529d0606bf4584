/** Firefox by WebDriver BiDi, and Chromium beside it: a browser, and tabs with the verbs that a visitor needs. */
import puppeteer from 'puppeteer-core';

const VIEW = { width: 1280, height: 900 };
const END = 'the visit ends';
/** Brings the first frame into view; where its inside begins in the page's. */
const FRAME = `(() => {
  const frame = document.querySelector('iframe');
  frame.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  const { left, top } = frame.getBoundingClientRect();
  return [left + frame.clientLeft, top + frame.clientTop];
})()`;

const ENGINES = {
  firefox: {
    browser: 'firefox',
    executablePath: process.env.FIREFOX || '/usr/bin/firefox-esr',
    // Puppeteer's default lets files read one another, which no visitor's Firefox does.
    extraPrefsFirefox: { 'security.fileuri.strict_origin_policy': true },
  },
  chromium: {
    browser: 'chrome',
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  },
};

/** Starts an engine: `tab()` opens a tab with storage of its own, whose `close` forgets it; `stop` ends the browser. */
export async function launch(engine) {
  const browser = await puppeteer.launch({ headless: true, defaultViewport: VIEW, ...ENGINES[engine] });
  return { engine, version: await browser.version(), tab: () => open(browser), stop: () => browser.close() };
}

async function open(browser) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const complaints = listen(page);
  const stroke = async ([first, ...rest]) => {
    await page.mouse.move(...first);
    await page.mouse.down();
    for (const point of rest) await page.mouse.move(...point, { steps: 5 });
    await page.mouse.up();
  };
  const tab = {
    open: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    evaluate: (script) => page.evaluate(script),
    stroke,
    frame: async () => ({
      ...tab,
      evaluate: async (script) => (await page.waitForFrame((frame) => frame !== page.mainFrame())).evaluate(script),
      async stroke(points) {
        const [left, top] = await page.evaluate(FRAME);
        await stroke(points.map(([x, y]) => [left + x, top + y]));
      },
    }),
    async press(key, held = []) {
      for (const other of held) await page.keyboard.down(other);
      await page.keyboard.press(key);
      for (const other of held.toReversed()) await page.keyboard.up(other);
    },
    async complaints() {
      // What the console said before this is heard before it.
      const heard = new Promise((done) => page.on('console', (message) => message.text() === END && done()));
      await page.evaluate((text) => console.debug(text), END);
      await heard;
      return [...complaints];
    },
    close: () => context.close(),
  };
  return tab;
}

function listen(page) {
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (problem) => complaints.push(`page error: ${problem.stack ?? problem}`));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!['data:', 'blob:', 'file:'].includes(protocol) && !['127.0.0.1', 'localhost'].includes(hostname)) complaints.push(`request leaves the machine: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`status ${response.status()}: ${response.url()}`);
  });
  return complaints;
}
