import { describe, expect, it } from 'vitest';
import type { LayerInfo } from '../../shapes.notebook';
import { counted, searchOf, stages } from './scheme';

const layer = (operator: string, shape: number[] | undefined, more: Partial<LayerInfo> = {}): LayerInfo => ({
  name: operator, operator, detail: undefined, activation: undefined, shape, dtype: 'f32', weights: [], parameters: 0, stored: 0, sources: [], ...more,
});
const diagram = (...layers: LayerInfo[]) => ({ format: '', layers });

describe('stages', () => {
  it('has the image, and each size that goes through a network once', () => {
    const network = diagram(
      layer('Conv', [1, 64, 28, 28]), layer('MaxPool', [1, 64, 14, 14]), layer('Conv', [1, 64, 14, 14]), layer('Flatten', [1, 12544]), layer('Gemm', [1, 128]), layer('Gemm', [1, 10]),
    );
    expect(stages(network, 28)).toEqual([
      { kind: 'maps', count: 1, side: 28 }, { kind: 'maps', count: 64, side: 28 }, { kind: 'maps', count: 64, side: 14 }, { kind: 'row', count: 128 }, { kind: 'row', count: 10 },
    ]);
  });

  it('takes the mean of each map for a row, and leaves out what has no known shape', () => {
    expect(stages(diagram(layer('GlobalAveragePool', [1, 64, 1, 1]), layer('Gemm', undefined), layer('Gemm', [1, 10])), 28).slice(1)).toEqual([
      { kind: 'row', count: 64 }, { kind: 'row', count: 10 },
    ]);
  });
});

describe('searchOf', () => {
  it('reads an index, and knows what is none', () => {
    const index = diagram(
      layer('Features', [1, 1176], { detail: { kind: 'features', roots: 784, gradients: 392 } }),
      layer('Encoder', [1, 16], { detail: { kind: 'encoder', hidden: 64 }, parameters: 9 }),
      layer('Search', [1, 7], { detail: { kind: 'search', references: 60000 }, stored: 8 }),
      layer('Vote', [1, 10], { detail: { kind: 'vote', neighbours: 7 } }),
    );
    expect(searchOf(index)).toEqual({ features: 1176, code: 16, references: 60000, neighbours: 7 });
    expect(counted(index)).toEqual({ parameters: 9, stored: 8 });
    expect(searchOf(diagram(layer('Gemm', [1, 10])))).toBeUndefined();
  });
});
