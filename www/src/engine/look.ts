/** A look: prepares a picture and asks every loaded model about it, telling each part as it comes. It names no wasm package. */
import type { ModelId, Neighbour, Prepared } from '../shapes';
import type { Predictor } from './measure';
import type { Calls, Handler } from './protocol';

/** An index, which knows more than a class. */
export interface IndexReader extends Predictor {
  novelty(pixels: Float32Array): number;
  nearest(pixels: Float32Array, count: number): Neighbour[];
}

/** The worker's own things. */
export interface LookTools {
  /** The loaded models, in the order in which they are asked. */
  readonly models: () => ModelId[];
  /** A loaded model; `undefined` when it is not there any more. */
  readonly reader: (model: ModelId) => Predictor | IndexReader | undefined;
  readonly prepare: (ask: Pick<Calls['look']['ask'], 'picture' | 'recipe' | 'switched' | 'ground' | 'frame'>) => Prepared;
  /** Whether pictures of neighbours have to be fetched. */
  readonly pictureless: () => boolean;
  readonly turn: () => Promise<void>;
}

export function lookHandler({ models, reader: readerOf, prepare, pictureless, turn }: LookTools): Handler<'look'> {
  return async ({ look, models: wanted, neighbours, ...ask }, { progress, signal, asking }) => {
    const stale = async (): Promise<void> => {
      await turn();
      signal.throwIfAborted();
    };
    await stale();
    asking();
    const prepared = prepare(ask);
    progress({ look, part: 'prepared', prepared });
    if (prepared.blank) return null;
    for (const model of models()) {
      if (wanted?.includes(model) === false) continue;
      await stale();
      const reader = readerOf(model);
      if (!reader) continue;
      asking(model);
      progress({ look, part: 'answer', answer: { model, probabilities: Array.from(reader.predict(prepared.pixels)) } });
      if (!('nearest' in reader)) continue;
      progress({ look, part: 'novelty', novelty: reader.novelty(prepared.pixels) });
      // Pictures that have to be fetched are no part of a look: it would wait for the server.
      progress({ look, part: 'neighbours', neighbours: reader.nearest(prepared.pixels, neighbours), pictures: pictureless() ? 'coming' : 'there' });
    }
    return null;
  };
}
