/** What a visitor does on the site, and the states that scenarios wait for. */
import { manifest } from '../site.mjs';

export const PAD = 'vitrine-sketch-pad >>> canvas';
export const FILES = 'vitrine-image-drop >>> input[type=file]';

/** Waits until every model of the manifest is ready. */
export async function modelsReady(visitor) {
  const roles = (await manifest()).files.map(({ role }) => role);
  await visitor.until((find, roles) => roles.every((role) => find(`vitrine-probability-bars >>> th[data-model="${role}"][data-status="ready"]`)), roles);
}

/** The number of the last look that was asked for. */
const asked = (visitor) => visitor.run((find) => Number(find('vitrine-app').dataset.asked));

/** Waits until the last look asked for has ended; `after`: the number of an earlier one. */
const settled = (visitor, after = 0) =>
  visitor.until((find, after) => {
    const { asked, seen } = find('vitrine-app').dataset;
    return Number(seen) > after && asked === seen;
  }, after);

/** Waits until no look is under way. */
export const quiet = (visitor) => settled(visitor, -1);

/** Does something that changes the picture, and waits for the answers. */
export async function change(visitor, work) {
  const before = await asked(visitor);
  await work();
  await settled(visitor, before);
}

/** Draws through `points`, shares of the pad's sides, and waits for the answers. */
export const draw = (visitor, points) => change(visitor, () => visitor.draw(PAD, points));

/** A pair of trousers in one stroke, filled for lack of gaps. */
export const TROUSERS = [[0.4, 0.12], [0.6, 0.12], [0.42, 0.2], [0.58, 0.25], [0.4, 0.3], [0.38, 0.9], [0.44, 0.3], [0.5, 0.25], [0.56, 0.3], [0.62, 0.9], [0.6, 0.3]];

/** Scribbles them. */
export const drawTrousers = (visitor) => draw(visitor, TROUSERS);

/** The probabilities that the page shows, unrounded: model → ten of them, `null` where it has none. */
export const answers = (visitor) =>
  visitor.run((find) => Object.fromEntries(find('vitrine-probability-bars').columns.map(({ model, probabilities }) => [model, probabilities ? [...probabilities] : null])));

/** The grey of every pixel of the pad. Read from a copy: reading the canvas itself would change how it is kept. */
export const pixels = (visitor) =>
  visitor.run((find, pad) => {
    const canvas = find(pad);
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    return [...copy.getImageData(0, 0, canvas.width, canvas.height).data.filter((_, at) => at % 4 === 0)];
  }, PAD);

/** Waits until the live region says something that matches `pattern`. */
export const said = (visitor, pattern) => visitor.until((find, source) => new RegExp(source).test(find('vitrine-app >>> .sr[role=status]').textContent), pattern.source);
