/** Constants which vite.config.ts defines. */

/** What the build packs of the test set, if it does; length and sum (SHA-256, hex) are those of the unpacked files. */
declare const __TEST_SET__: Readonly<Record<'images' | 'labels', { readonly url: string; readonly path: string; readonly bytes: number; readonly sha256: string }>> | undefined;

/** The address of a file beside the script, in the npm package: build/package.ts writes `new URL('…', import.meta.url)` there, which bundlers look for. */
declare const __BESIDE__: (path: string) => string;

/** Starts the worker beside the script, in the npm package, by an address that bundlers find. */
declare const __WORKER__: () => Worker;

/** The address of the worker as a classic script, for frames without an origin; build/embed.ts says it. */
declare const __CLASSIC_WORKER__: string;
