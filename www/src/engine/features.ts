/** What this browser's WebAssembly can run, asked with modules of a few bytes. It imports nothing. */

/** Says whether a module would compile. */
export type Validate = (bytes: Uint8Array<ArrayBuffer>) => boolean;

/** Settings of a browser can take `WebAssembly` away. */
const validates: Validate = (bytes) => (globalThis as { WebAssembly?: typeof WebAssembly }).WebAssembly?.validate(bytes) ?? false;

/** A module of one function, v128 → v128, with this code. */
const vectorModule = (code: readonly number[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // \0asm, version 1
    ...[0x01, 0x06, 0x01, 0x60, 0x01, 0x7b, 0x01, 0x7b], // types: one function, v128 → v128
    ...[0x03, 0x02, 0x01, 0x00], // functions: one, of that type
    ...[0x0a, code.length + 4, 0x01, code.length + 2, 0x00, ...code, 0x0b], // code: one body, no locals, its end
  ]);

/** local.get 0, twice; f32x4.add. */
export const SIMD = vectorModule([0x20, 0x00, 0x20, 0x00, 0xfd, 0xe4, 0x01]);
/** local.get 0, thrice; f32x4.relaxed_madd. */
export const RELAXED_SIMD = vectorModule([0x20, 0x00, 0x20, 0x00, 0x20, 0x00, 0xfd, 0x85, 0x02]);

/** Whether it has vectors of 128 bits, which every file of the wasm package needs. */
export function hasSimd(validate: Validate = validates): boolean {
  return validate(SIMD);
}

/** Whether it has relaxed SIMD, which the faster file of the wasm package needs. */
export function hasRelaxedSimd(validate: Validate = validates): boolean {
  return validate(RELAXED_SIMD);
}

/** Whether a browser, with relaxed SIMD or not, uses the site's file at `url`: of the two wasm files one, all others. */
export function uses(url: string, relaxed: boolean): boolean {
  const wasm = /\/vitrine(_relaxed)?_bg[^/]*\.wasm$/.exec(url);
  return !wasm || (wasm[1] !== undefined) === relaxed;
}
