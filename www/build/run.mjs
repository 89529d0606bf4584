/** Runs one of the builds beside this file, which are TypeScript: `node build/run.mjs package`. */
import { resolve } from 'node:path';
import { argv, env } from 'node:process';
import { runnerImport } from 'vite';

env.NODE_ENV = 'production';
const [name] = argv.slice(2);
const { module } = await runnerImport(resolve(import.meta.dirname, `${name}.ts`), { configFile: false, logLevel: 'error' });
await module.build();
