import { describe, expect, it } from 'vitest';
import type { Maps } from '../../shapes.why';
import { liveliest, placeOf, reachOf, sheet, tileAt, tilePicture } from './sheet';

const maps = (channels: number, values: number[]): Maps => ({ name: 'm', shape: [1, channels, 1, 2], values: new Float32Array(values) });
const seam = 64;

describe('sheet', () => {
  it('lays tiles out in order with a gap between, on one scale', () => {
    const picture = sheet(maps(3, [0, 1, 2, 4, -4, 0]), 'common');
    expect([picture.width, picture.height, picture.columns, picture.rows]).toEqual([5, 3, 2, 2]);
    // Two tiles and the gap; the row between; the third tile.
    expect(Array.from(picture.grey)).toEqual([0, 64, seam, 128, 255, seam, seam, seam, seam, seam, 0, 0, seam, seam, seam]);
  });

  it('gives each map its own scale, so that a faint one can be seen', () => {
    expect(Array.from(sheet(maps(2, [0, 0.1, 2, 4]), 'own').grey)).toEqual([0, 255, seam, 128, 255]);
  });

  it('shows signs around middle grey, each tile on its own scale', () => {
    const picture = sheet({ name: 'f', shape: [2, 1, 1, 2], values: new Float32Array([0.5, -0.25, 8, 0]) }, 'signed');
    expect(Array.from(picture.grey)).toEqual([255, 64, 0, 255, 128]);
  });

  it('is black when nothing responds', () => {
    for (const scale of ['own', 'common'] as const) expect(sheet(maps(1, [0, 0]), scale).grey).toEqual(new Uint8Array(2));
  });
});

describe('a tile', () => {
  const four = maps(3, [0, 1, 2, 4, -4, 0]);

  it('is the same picture alone as in the sheet', () => {
    for (const scale of ['own', 'common', 'signed'] as const) {
      const whole = sheet(four, scale);
      for (const tile of [0, 1, 2]) {
        const { left, top } = placeOf(four, tile);
        const at = top * whole.width + left;
        expect(tilePicture(four, tile, scale)).toEqual({ grey: whole.grey.slice(at, at + 2), width: 2, height: 1 });
      }
    }
  });

  it('is found by where it stands', () => {
    expect([tileAt(four, 0.1, 0.1), tileAt(four, 0.9, 0.1), tileAt(four, 0.1, 0.9), tileAt(four, 0.9, 0.9)]).toEqual([0, 1, 2, undefined]);
    expect([tileAt(four, -1, 0), tileAt(four, 2, 0)]).toEqual([0, 1]);
  });

  it('reaches as far as its largest value, whatever its sign', () => {
    expect([reachOf(four), reachOf(four, 0), reachOf(four, 2)]).toEqual([4, 1, 4]);
  });
});

describe('liveliest', () => {
  it('is the one with the greatest mean, the first of several', () => {
    expect(liveliest(maps(3, [0, 1, 2, 4, 1, 1]))).toBe(1);
    expect(liveliest(maps(2, [0, 0, 0, 0]))).toBe(0);
  });
});
