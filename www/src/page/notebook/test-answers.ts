/** The bytes of models/test.answers (src/measure/answers.rs) → what each model answers to each test image. Pure. */
import { FULL } from '../../components/notebook/replies';
import { CodedError } from '../../engine/failure';
import type { ModelId } from '../../shapes';
import type { Replies } from '../../shapes.notebook';

const MAGIC = 'answers1';
const SUM = 32;

/** By role, of the models whose files are those of `sums` (role → SHA-256): what another file answered is nobody's. Throws `integrity`. */
export function testAnswers(bytes: Uint8Array, sums: ReadonlyMap<ModelId, string>): Map<ModelId, Replies> {
  const reader = new Reader(bytes);
  if (reader.text(MAGIC.length) !== MAGIC) throw malformed();
  const models = reader.number(1);
  const images = reader.number(4);
  const halves = reader.take(Math.ceil(images / 2));
  const truth = new Uint8Array(images).map((_, at) => ((halves[at >> 1] ?? 0) >> (at % 2 === 0 ? 0 : 4)) & 15);
  const found = new Map<ModelId, Replies>();
  for (let model = 0; model < models; model++) {
    const role = reader.text(reader.number(1));
    const sum = Array.from(reader.take(SUM), (byte) => byte.toString(16).padStart(2, '0')).join('');
    const pairs = reader.take(2 * images);
    if (sums.get(role) !== sum) continue;
    const both = (at: number): number => (pairs[2 * at] ?? 0) | ((pairs[2 * at + 1] ?? 0) << 8);
    found.set(role, { truth, predicted: new Uint8Array(images).map((_, at) => both(at) >> 12), confidence: new Float32Array(images).map((_, at) => (both(at) & FULL) / FULL) });
  }
  if (reader.left > 0) throw malformed();
  return found;
}

const malformed = (): CodedError => new CodedError('integrity', 'test.answers: expected answers of version 1; write them anew with `vitrine evaluate --save`');

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  take(count: number): Uint8Array {
    if (count > this.left) throw malformed();
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  /** Little endian. */
  number(count: number): number {
    return this.take(count).reduceRight((sum, byte) => sum * 256 + byte, 0);
  }

  text(count: number): string {
    return String.fromCharCode(...this.take(count));
  }
}
