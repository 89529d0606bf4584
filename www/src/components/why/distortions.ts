/** The sliders: what each changes, how far, in which steps. */
import type { Distortion } from '../../shapes.why';

/** The amounts that change nothing. */
export const NONE: Distortion = { shift_x: 0, shift_y: 0, degrees: 0, scale: 1, blur: 0, outline: 0, contrast: 1, erase: 0, noise: 0, seed: 1 };

export interface Slider {
  readonly name: Exclude<keyof Distortion, 'seed'>;
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

/** In the order in which the page shows them; ranges end a little past the strongest corruption that is measured. */
export const SLIDERS: readonly Slider[] = [
  { name: 'shift_x', least: -10, most: 10, step: 0.5 },
  { name: 'shift_y', least: -10, most: 10, step: 0.5 },
  { name: 'degrees', least: -180, most: 180, step: 5 },
  { name: 'scale', least: 0.3, most: 1.7, step: 0.05 },
  { name: 'noise', least: 0, most: 0.6, step: 0.02 },
  { name: 'contrast', least: 0, most: 2, step: 0.05 },
  { name: 'blur', least: 0, most: 3, step: 0.1 },
  { name: 'erase', least: 0, most: 20, step: 1 },
  { name: 'outline', least: 0, most: 1, step: 0.05 },
];

/** Whether an amount changes nothing. */
export function isNone(distortion: Distortion): boolean {
  return SLIDERS.every(({ name }) => distortion[name] === NONE[name]);
}

/** Whether the amounts use random numbers, so that another seed gives another picture. */
export function isRandom({ noise, erase }: Distortion): boolean {
  return noise > 0 || erase > 0;
}
