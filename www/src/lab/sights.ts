/**
 * What has been seen of the subject, look by look. What is shown is of one look alone: no answer to an earlier picture
 * stands beside one to a newer.
 */
import type { Sight } from '../engine/protocol';
import { Gathering } from '../gathering';
import type { ModelId, Neighbour, Prepared } from '../shapes';

/** What is seen of one look. */
export interface Seen {
  readonly prepared: Prepared | undefined;
  readonly answers: ReadonlyMap<ModelId, readonly number[]>;
  readonly neighbours: readonly Neighbour[];
  /** Whether the pictures of neighbours did not come. */
  readonly pictureless: boolean;
  /** Above 1 the picture is unlike the training garments; `undefined` while no index has said so. */
  readonly novelty: number | undefined;
}

export const NOTHING: Seen = { prepared: undefined, answers: new Map(), neighbours: [], pictureless: false, novelty: undefined };

export class Sights {
  readonly #show: (seen: Seen) => void;
  readonly #gathering = new Gathering(() => this.#shown());
  #look = 0;
  #seen = NOTHING;
  /** Whether answers to an earlier look still stand. */
  #isAnything = false;

  /** `show`: called with all that there is to be seen. */
  constructor(show: (seen: Seen) => void) {
    this.#show = show;
  }

  see(sight: Sight): void {
    if (sight.look < this.#look) return;
    if (sight.look > this.#look) this.#begin(sight.look);
    this.#seen = { ...this.#seen, ...partOf(sight, this.#seen) };
    if (sight.part === 'prepared' && sight.prepared.blank) this.#gathering.end();
    else this.#gathering.part();
  }

  /** A look is over: what it brought is all there is. */
  end(look: number): void {
    if (look < this.#look) return;
    if (look > this.#look) this.#begin(look);
    this.#gathering.end();
  }

  /** There is nothing to look at since this look: what comes of earlier ones is not shown. */
  clear(look: number): void {
    if (look < this.#look) return;
    this.#begin(look);
    this.#gathering.end();
  }

  #begin(look: number): void {
    this.#look = look;
    this.#seen = NOTHING;
    this.#gathering.begin(this.#isAnything);
  }

  #shown(): void {
    this.#isAnything = this.#seen.answers.size > 0;
    this.#show(this.#seen);
  }
}

function partOf(sight: Sight, { answers }: Seen): Partial<Seen> {
  switch (sight.part) {
    case 'prepared':
      return { prepared: sight.prepared };
    case 'answer':
      return { answers: new Map(answers).set(sight.answer.model, sight.answer.probabilities) };
    case 'novelty':
      return { novelty: sight.novelty };
    case 'neighbours':
      return { neighbours: sight.neighbours, pictureless: sight.pictures === 'missing' };
  }
}
