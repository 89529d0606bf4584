/** Feature maps or filters → one grey picture, all of them side by side. Pure. */
import type { Maps } from '../../shapes.why';

export interface Sheet {
  /** `width * height` bytes, 255 = white. */
  readonly grey: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
}

/** Pixels between two tiles. */
const GAP = 1;
/** Their grey between tiles that may be black all over. */
const SEAM = 64;

/**
 * Every channel as a tile, in order, the grid about as wide as high. `common`: the largest value of all is white and zero
 * black (a negative one too). Otherwise each tile has its own scale with zero as middle grey.
 */
export function sheet({ shape, values }: Maps, scale: 'common' | 'signed'): Sheet {
  const [count, channels, height, width] = shape;
  const tiles = count * channels;
  const columns = Math.max(1, Math.ceil(Math.sqrt(tiles)));
  const rows = Math.ceil(tiles / columns);
  const across = columns * (width + GAP) - GAP;
  const down = Math.max(0, rows * (height + GAP) - GAP);
  const grey = new Uint8Array(across * down);
  if (scale === 'common') grey.fill(SEAM);
  const area = width * height;
  const most = greatest(values);
  for (let tile = 0; tile < tiles; tile++) {
    const own = values.subarray(tile * area, (tile + 1) * area);
    const reach = scale === 'signed' ? greatest(own) : most;
    const left = (tile % columns) * (width + GAP);
    const top = Math.floor(tile / columns) * (height + GAP);
    own.forEach((value, at) => {
      const share = reach === 0 ? 0 : value / reach;
      const shade = scale === 'signed' ? 127.5 + 127.5 * share : 255 * Math.max(0, share);
      grey[(top + Math.floor(at / width)) * across + left + (at % width)] = Math.round(shade);
    });
  }
  return { grey, width: across, height: down, columns, rows };
}

/** The numbers, from 1, of the `count` channels with the greatest mean. */
export function liveliest({ shape, values }: Maps, count: number): number[] {
  const area = shape[2] * shape[3];
  const means = Array.from({ length: shape[0] * shape[1] }, (_, tile) => ({
    number: tile + 1,
    mean: values.subarray(tile * area, (tile + 1) * area).reduce((sum, value) => sum + value, 0) / area,
  }));
  return means
    .toSorted((a, b) => b.mean - a.mean)
    .slice(0, count)
    .map(({ number }) => number);
}

function greatest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
