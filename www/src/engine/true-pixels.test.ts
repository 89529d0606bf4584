import { expect, test } from 'vitest';
import { hasTruePixels } from './true-pixels';

test('what is read as it was written is believed', () => expect(hasTruePixels((rgba) => rgba.slice())).toBe(true));

test.each<[string, (rgba: Uint8ClampedArray) => Uint8ClampedArray]>([
  ['white', (rgba) => rgba.map(() => 255)],
  ['noise in a few pixels', (rgba) => rgba.map((value, at) => (at === 404 ? value ^ 1 : value))],
  ['nothing', () => new Uint8ClampedArray(0)],
])('%s in their place is noticed', (_, change) => expect(hasTruePixels(change)).toBe(false));
