/** What the models are to look at: the drawing on the pad, or a picture from outside in its place. */
import { SIDE } from '../image';
import { memo } from '../memo';
import type { Frame, Picture, Place, Recipe } from '../shapes';
import type { State } from './state';

/** Where a guest came from: a file stays on this device, a test image has a number, a link brought its pixels. */
export type Origin = { readonly kind: 'file' } | { readonly kind: 'sample'; readonly index: number } | { readonly kind: 'link'; readonly pixels: string };

/** A picture that came from outside the sketch pad. */
export interface Guest {
  readonly picture: Picture;
  /** In the language in use. */
  readonly name: () => string;
  readonly origin: Origin;
  /** The class that it is said to be, where anybody has said so. */
  readonly label?: number;
}

/** How the subject is to be prepared. */
export interface Wish {
  readonly recipe: Recipe;
  /** The steps that are not as the recipe has them. */
  readonly switched: readonly string[];
  /** A place of the ground; nothing while nobody has said so. */
  readonly ground: Place | undefined;
  /** The part that counts; nothing for all of it. */
  readonly frame: Frame | undefined;
}

/** Nothing in particular. */
export const USUAL: Wish = { recipe: 'auto', switched: [], ground: undefined, frame: undefined };

/** Whether there is anything to look at. */
export function hasSubject({ guest, sketched }: Pick<State, 'guest' | 'sketched'>): boolean {
  return guest !== undefined || sketched;
}

/** What the models see of it; `undefined` while there is nothing to see. */
export function subjectPixels({ prepared }: Pick<State, 'prepared'>): Float32Array | undefined {
  return prepared && !prepared.blank ? prepared.pixels : undefined;
}

const recipesOf = memo((guest: Guest | undefined): Recipe[] => {
  const isExact = guest?.picture.width === SIDE && guest.picture.height === SIDE;
  return ['auto', 'photograph', 'light-on-dark', 'sketch', ...(isExact ? (['exact'] as const) : [])];
});

/** The recipes that the subject can be prepared by. */
export function recipes({ guest }: Pick<State, 'guest'>): Recipe[] {
  return recipesOf(guest);
}
