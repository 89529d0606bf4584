/** Ways to fail for real: a few bytes of WebAssembly that trap, overflow the stack, or never come back. */

/** Three functions of type () → (): one unreachable, one that loops, one that calls itself. */
const BYTES = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // \0asm, version 1
  ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00], // types: () → ()
  ...[0x03, 0x04, 0x03, 0x00, 0x00, 0x00], // functions: three of that type
  ...[0x07, 0x16, 0x03], // exports: three
  ...[0x04, 0x74, 0x72, 0x61, 0x70, 0x00, 0x00], // trap
  ...[0x04, 0x68, 0x61, 0x6e, 0x67, 0x00, 0x01], // hang
  ...[0x04, 0x64, 0x65, 0x65, 0x70, 0x00, 0x02], // deep
  ...[0x0a, 0x12, 0x03], // code: three bodies
  ...[0x03, 0x00, 0x00, 0x0b], // unreachable
  ...[0x07, 0x00, 0x03, 0x40, 0x0c, 0x00, 0x0b, 0x0b], // loop, branch to its start
  ...[0x04, 0x00, 0x10, 0x02, 0x0b], // call itself
]);

export type Kind = 'panic' | 'trap' | 'stack' | 'memory' | 'hang';

let made: Readonly<Record<'trap' | 'hang' | 'deep', () => void>> | undefined;
const functions = (): NonNullable<typeof made> => (made ??= new WebAssembly.Instance(new WebAssembly.Module(BYTES)).exports as unknown as NonNullable<typeof made>);

/** Does not return. */
export const fail: Readonly<Record<Kind, () => void>> = {
  panic() {
    // What a Rust panic writes before it traps.
    // eslint-disable-next-line no-console
    console.error('panicked at src/fault.rs:1:1:\nas asked');
    functions().trap();
  },
  trap: () => functions().trap(),
  stack: () => functions().deep(),
  memory: () => void new WebAssembly.Memory({ initial: 1, maximum: 1 }).grow(1),
  hang: () => functions().hang(),
};
