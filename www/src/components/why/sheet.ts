/** Feature maps or filters → grey pictures, all of them side by side or one of them. Pure. */
import type { Maps } from '../../shapes.why';

/**
 * What white is: the largest value of the map itself, or of all maps; zero is black, and so is what is negative. `signed`:
 * of each filter itself, with zero as middle grey.
 */
export type Scale = 'own' | 'common' | 'signed';

export interface Picture {
  /** `width * height` bytes, 255 = white. */
  readonly grey: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface Sheet extends Picture {
  readonly columns: number;
  readonly rows: number;
}

/** Pixels between two tiles. */
const GAP = 1;
/** Their grey between tiles that may be black all over. */
const SEAM = 64;

/** How many maps there are. */
export function countOf({ shape }: Maps): number {
  return shape[0] * shape[1];
}

function valuesOf({ shape, values }: Maps, tile: number): Float32Array {
  const area = shape[2] * shape[3];
  return values.subarray(tile * area, (tile + 1) * area);
}

/** The largest absolute value, of one map or of all. */
export function reachOf(maps: Maps, tile?: number): number {
  return (tile === undefined ? maps.values : valuesOf(maps, tile)).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function shade(value: number, reach: number, scale: Scale): number {
  const share = reach === 0 ? 0 : value / reach;
  return Math.round(scale === 'signed' ? 127.5 + 127.5 * share : 255 * Math.max(0, share));
}

/** One map, counted from 0. */
export function tilePicture(maps: Maps, tile: number, scale: Scale): Picture {
  const [, , height, width] = maps.shape;
  const reach = reachOf(maps, scale === 'common' ? undefined : tile);
  return { grey: Uint8Array.from(valuesOf(maps, tile), (value) => shade(value, reach, scale)), width, height };
}

/** Every map as a tile, in order, the grid about as wide as high. */
export function sheet(maps: Maps, scale: Scale): Sheet {
  const [, , height, width] = maps.shape;
  const tiles = countOf(maps);
  const columns = Math.max(1, Math.ceil(Math.sqrt(tiles)));
  const rows = Math.ceil(tiles / columns);
  const across = columns * (width + GAP) - GAP;
  const down = Math.max(0, rows * (height + GAP) - GAP);
  const grey = new Uint8Array(across * down);
  if (scale !== 'signed') grey.fill(SEAM);
  for (let tile = 0; tile < tiles; tile++) {
    const { left, top } = placeOf(maps, tile);
    const own = tilePicture(maps, tile, scale).grey;
    for (let row = 0; row < height; row++) grey.set(own.subarray(row * width, (row + 1) * width), (top + row) * across + left);
  }
  return { grey, width: across, height: down, columns, rows };
}

/** Where a map stands in the sheet, in its pixels. */
export function placeOf(maps: Maps, tile: number): { readonly left: number; readonly top: number } {
  const [, , height, width] = maps.shape;
  const columns = Math.max(1, Math.ceil(Math.sqrt(countOf(maps))));
  return { left: (tile % columns) * (width + GAP), top: Math.floor(tile / columns) * (height + GAP) };
}

/** The map at a place of the sheet, given as shares of its sides; `undefined` where there is none. */
export function tileAt(maps: Maps, across: number, down: number): number | undefined {
  const columns = Math.max(1, Math.ceil(Math.sqrt(countOf(maps))));
  const rows = Math.ceil(countOf(maps) / columns);
  const within = (share: number, places: number): number => Math.min(places - 1, Math.max(0, Math.floor(share * places)));
  const tile = within(down, rows) * columns + within(across, columns);
  return tile < countOf(maps) ? tile : undefined;
}

/** The map with the greatest mean, counted from 0. */
export function liveliest(maps: Maps): number {
  const sums = Array.from({ length: countOf(maps) }, (_, tile) => valuesOf(maps, tile).reduce((sum, value) => sum + value, 0));
  return Math.max(0, sums.indexOf(Math.max(...sums)));
}
