/** Constants which vite.config.ts defines. */

/** Whether the build packs the test set. */
declare const __TEST_SET__: boolean;
