/** Numbers and texts in a file's bytes: `undefined` past the end, so that nothing has to be checked beforehand. */

export class Bytes {
  readonly #view: DataView;

  constructor(file: Uint8Array) {
    this.#view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  }

  get length(): number {
    return this.#view.byteLength;
  }

  u8(at: number): number | undefined {
    return this.#fits(at, 1) ? this.#view.getUint8(at) : undefined;
  }

  u16(at: number): number | undefined {
    return this.#fits(at, 2) ? this.#view.getUint16(at) : undefined;
  }

  u16le(at: number): number | undefined {
    return this.#fits(at, 2) ? this.#view.getUint16(at, true) : undefined;
  }

  u24le(at: number): number | undefined {
    return this.#fits(at, 3) ? this.#view.getUint16(at, true) + this.#view.getUint8(at + 2) * 0x10000 : undefined;
  }

  u32(at: number): number | undefined {
    return this.#fits(at, 4) ? this.#view.getUint32(at) : undefined;
  }

  u32le(at: number): number | undefined {
    return this.#fits(at, 4) ? this.#view.getUint32(at, true) : undefined;
  }

  i32le(at: number): number | undefined {
    return this.#fits(at, 4) ? this.#view.getInt32(at, true) : undefined;
  }

  /** `length` bytes as Latin-1. */
  text(at: number, length: number): string | undefined {
    if (!this.#fits(at, length)) return undefined;
    return String.fromCharCode(...Array.from({ length }, (_, index) => this.#view.getUint8(at + index)));
  }

  /** Whether the bytes at `at` are `text` in Latin-1. */
  has(at: number, text: string): boolean {
    return this.text(at, text.length) === text;
  }

  #fits(at: number, length: number): boolean {
    return at >= 0 && at + length <= this.length;
  }
}
