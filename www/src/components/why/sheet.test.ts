import { describe, expect, it } from 'vitest';
import type { Maps } from '../../shapes.why';
import { liveliest, sheet } from './sheet';

const maps = (channels: number, values: number[]): Maps => ({ name: 'm', shape: [1, channels, 1, 2], values: new Float32Array(values) });

describe('sheet', () => {
  it('lays tiles out in order with a gap between, on one scale', () => {
    const picture = sheet(maps(3, [0, 1, 2, 4, -4, 0]), 'common');
    expect([picture.width, picture.height, picture.columns, picture.rows]).toEqual([5, 3, 2, 2]);
    // Two tiles and the gap; the row between; the third tile.
    const seam = 64;
    expect(Array.from(picture.grey)).toEqual([0, 64, seam, 128, 255, seam, seam, seam, seam, seam, 0, 0, seam, seam, seam]);
  });

  it('shows signs around middle grey, each tile on its own scale', () => {
    const picture = sheet({ name: 'f', shape: [2, 1, 1, 2], values: new Float32Array([0.5, -0.25, 8, 0]) }, 'signed');
    expect(Array.from(picture.grey)).toEqual([255, 64, 0, 255, 128]);
  });

  it('is black when nothing responds', () => {
    expect(sheet(maps(1, [0, 0]), 'common').grey).toEqual(new Uint8Array(2));
  });
});

describe('liveliest', () => {
  it('numbers channels from 1 by their mean', () => {
    expect(liveliest(maps(3, [0, 1, 2, 4, 1, 1]), 2)).toEqual([2, 3]);
  });
});
