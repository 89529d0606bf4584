/** What the panels that explain an answer put into a link, and what they take from one. Pure. */
import { NONE, SLIDERS } from '../../components/why/distortions';
import type { Measure } from '../../components/why/evidence';
import type { ModelId } from '../../shapes';
import type { Distortion, MapsSeen } from '../../shapes.why';
import { classIn, listed, unlisted } from '../views';

/** A seed is a small whole number. */
const MOST_SEED = 999;

/** The sliders that are moved, and the seed where it is not the first. */
export function distortText(distortion: Distortion): string | undefined {
  const moved = SLIDERS.filter(({ name }) => distortion[name] !== NONE[name]).map(({ name }) => [name, String(distortion[name])] as const);
  const seed = distortion.seed === NONE.seed ? undefined : distortion.seed;
  return listed({ ...Object.fromEntries(moved), seed });
}

/** The sliders where the text has them, within what each goes to, and in its steps. */
export function distortOf(text: string | undefined): Distortion {
  const values = unlisted(text);
  const moved = SLIDERS.map(({ name, least, most, step }) => {
    const value = Number(values.get(name) ?? NaN);
    const inSteps = least + Math.round((value - least) / step) * step;
    // Steps of a tenth have no exact sum.
    return [name, Number.isFinite(value) ? Math.min(most, Math.max(least, Number(inSteps.toFixed(4)))) : NONE[name]] as const;
  });
  const seed = Number(values.get('seed'));
  return { ...NONE, ...Object.fromEntries(moved), seed: Number.isInteger(seed) && seed > 0 && seed <= MOST_SEED ? seed : NONE.seed };
}

/** What is chosen of the evidence. */
export interface Evidence {
  readonly target: number | undefined;
  readonly measure: Measure;
  readonly network: ModelId | undefined;
}

export function evidenceText({ target, measure, network }: Evidence): string | undefined {
  return listed({ class: target, measure: measure === 'probability' ? undefined : measure, layers: network });
}

/** `classes`: how many there are. */
export function evidenceOf(text: string | undefined, classes: number): Evidence {
  const values = unlisted(text);
  return {
    target: classIn(values.get('class'), classes),
    measure: values.get('measure') === 'odds' ? 'odds' : 'probability',
    network: values.get('layers'),
  };
}

export const NO_MAPS: MapsSeen = { scale: 'own', first: undefined, second: undefined };

/** Numbers from 1, as the page counts them. */
export function mapsText({ scale, first, second }: MapsSeen): string | undefined {
  const number = (tile: number | undefined): number | undefined => (tile === undefined ? undefined : tile + 1);
  return listed({ scale: scale === NO_MAPS.scale ? undefined : scale, first: number(first), second: number(second) });
}

export function mapsOf(text: string | undefined): MapsSeen {
  const values = unlisted(text);
  // How many there are the network says that is shown.
  const tile = (value: string | undefined): number | undefined => (/^[1-9]\d{0,3}$/.test(value ?? '') ? Number(value) - 1 : undefined);
  return { scale: values.get('scale') === 'common' ? 'common' : 'own', first: tile(values.get('first')), second: tile(values.get('second')) };
}
