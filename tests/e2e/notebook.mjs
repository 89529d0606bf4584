/** What a visitor does in the notebook: fetches it, opens its panels, brings its charts into view. */
import { manifest } from './site.mjs';

export const notebook = (page) => page.locator('vitrine-notebook');

/** Scrolls to the notebook, which is then fetched, and waits for the last of its sections. */
export async function openNotebook(page) {
  await page.locator('vitrine-notebook-slot').evaluate((slot) => slot.scrollIntoView());
  await notebook(page).locator('#trust').waitFor();
}

/** Brings every chart that has its place into view and waits until it is drawn. */
export async function drawAll(page) {
  const figures = page.locator('vitrine-notebook vitrine-chart-figure');
  for (let at = 0; at < (await figures.count()); at++) {
    const figure = figures.nth(at);
    if (!(await figure.isVisible())) continue;
    await figure.scrollIntoViewIfNeeded();
    await figure.locator('svg[role=img]').waitFor();
  }
}

export async function openPanels(page) {
  for (const details of await page.locator('vitrine-notebook details').all()) {
    const summary = details.locator('> summary');
    if ((await summary.isVisible()) && !(await details.evaluate(({ open }) => open))) await summary.click();
  }
  const { files } = await manifest();
  for (const { role } of files) await page.locator(`details.model[data-model="${role}"] .diagram :is(vitrine-model-diagram, p:not(.patient))`).first().waitFor();
}
