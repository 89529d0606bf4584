/** Constants which vite.config.ts defines. */

/** Whether the build packs the test set. */
declare const __TEST_SET__: boolean;

/** The address of a file beside the script, in the npm package: build/package.ts writes `new URL('…', import.meta.url)` there, which bundlers look for. */
declare const __BESIDE__: (path: string) => string;

/** Starts the worker beside the script, in the npm package, by an address that bundlers find. */
declare const __WORKER__: () => Worker;

/** The address of the worker as a classic script, for frames without an origin; build/embed.ts says it. */
declare const __CLASSIC_WORKER__: string;
