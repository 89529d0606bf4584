/** A measurement as the worker runs it: others join it at ports of their own. It names no wasm package. */
import type { ModelId } from '../shapes';
import { Client, type Port } from './client';
import { LIMITS } from './limits';
import { type Lane, measure, type Predictor, type Samples, type Score } from './measure';
import type { Handlers } from './protocol';

/** The worker's own things. */
export interface MeasuringTools {
  /** Works with a loaded model, which stays whole meanwhile; rejects with `parameter` when it is not loaded. */
  readonly use: <Result>(model: ModelId, work: (reader: Predictor) => Promise<Result>) => Promise<Result>;
  /** Works with the test set, as `use` does. */
  readonly testSet: <Result>(work: (samples: Samples) => Promise<Result>) => Promise<Result>;
  readonly score: Score;
  readonly turn: () => Promise<void>;
}

interface Running {
  readonly join: (lane: Lane) => void;
  readonly lanes: Client[];
}

export function measureHandlers({ use, testSet, score, turn }: MeasuringTools): Handlers<'measure' | 'join'> {
  const running = new Map<number, Running>();
  return {
    measure: ({ model, measurement }, { progress, signal, asking }) =>
      use(model, (reader) =>
        testSet(async (samples) => {
          const lanes: Client[] = [];
          try {
            const predictor = { predict: (pixels: Float32Array) => (asking(model), reader.predict(pixels)) };
            const joined = (join: (lane: Lane) => void): void => void running.set(measurement, { join, lanes });
            return await measure(predictor, samples, { score, progress, signal, turn, joined });
          } finally {
            running.delete(measurement);
            for (const lane of lanes) lane.end();
          }
        }),
      ),

    join({ measurement, model, port }) {
      const joined = running.get(measurement);
      if (!joined) {
        port.close();
        return Promise.resolve(false);
      }
      // What it does not answer in time is measured here: a lane needs no patience of its own.
      const client = new Client(() => portOf(port), () => undefined, LIMITS);
      joined.lanes.push(client);
      joined.join({ predict: (pixels) => client.call('predict', { model, pixels }) });
      return Promise.resolve(true);
    },
  };
}

/** A `MessagePort` as a client's port: what ends it is closing it. */
function portOf(port: MessagePort): Port {
  return Object.assign(port, { terminate: () => port.close(), onerror: null });
}
