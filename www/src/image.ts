/** The pictures that the models see; src/image.rs holds the same. */

/** Pixels a side. */
export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
