/** What the worker says of a distorted picture. */
import { describe, expect, it } from 'vitest';
import type { Distorted, Distortion } from '../shapes.why';
import type { Predictor } from './measure';
import { whyHandlers } from './why';

const model = (share: number): Predictor => ({ predict: () => Float32Array.of(share, 1 - share) });
const none = { shift_x: 0, shift_y: 0, degrees: 0, scale: 1, blur: 0, outline: 0, contrast: 1, erase: 0, noise: 0, seed: 0 } satisfies Distortion;

/** Handlers over a network and an index; `asked` are the pictures of which the index was asked how novel they are. */
function worker(): { asked: Float32Array[]; handlers: ReturnType<typeof whyHandlers> } {
  const [network, index] = [model(0.25), model(0.75)];
  const asked: Float32Array[] = [];
  const handlers = whyHandlers({
    models: () => ['cnn', 'knn'],
    reader: (name) => (name === 'cnn' ? network : index),
    use: (name, work) => work(name === 'cnn' ? network : index),
    turn: () => Promise.resolve(),
    open: () => undefined,
    novelty: (predictor, pixels) => (predictor === index ? asked.push(pixels) && 2 : undefined),
    distorted: (pixels, { shift_x: shift }) => pixels.map((ink) => ink + shift),
  });
  return { asked, handlers };
}

describe('distort', () => {
  it('brings the picture, every answer, and once, from the index, how novel the changed picture is', async () => {
    const { asked, handlers } = worker();
    const seen: Distorted[] = [];
    const models: (string | undefined)[] = [];
    await handlers.distort({ pixels: Float32Array.of(1, 2), distortion: { ...none, shift_x: 3 } }, { progress: (part) => seen.push(part), signal: new AbortController().signal, asking: (model) => models.push(model) });
    expect(seen).toEqual([
      { part: 'pixels', pixels: Float32Array.of(4, 5) },
      { part: 'answer', answer: { model: 'cnn', probabilities: [0.25, 0.75] } },
      { part: 'answer', answer: { model: 'knn', probabilities: [0.75, 0.25] } },
      { part: 'novelty', novelty: 2 },
    ]);
    expect(asked).toEqual([Float32Array.of(4, 5)]);
    // Before each step it says who is asked: that one is at fault if it never ends.
    expect(models).toEqual([undefined, 'cnn', 'knn']);
  });

  it('asks nothing more once it is cancelled', async () => {
    const { asked, handlers } = worker();
    const abort = new AbortController();
    const stopped = handlers.distort({ pixels: Float32Array.of(1), distortion: none }, { progress: () => abort.abort(), signal: abort.signal, asking: () => undefined });
    await expect(stopped).rejects.toThrow();
    expect(asked).toEqual([]);
  });
});
