/**
 * Classifies 784 bytes of ink (28×28, row by row, 255 = ink) from standard input with the slim CNN; prints JSON. The same
 * engine as in the browser, without any DOM: wasm and model are read from the package.
 */
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { artefacts, Engine } from 'vitrine-classifier/engine';

const bytes = (path) => new Uint8Array(readFileSync(fileURLToPath(import.meta.resolve(`vitrine-classifier/${path}`))));

/** A thread as the engine knows workers. */
function spawn() {
  const thread = new Worker(new URL('./thread.js', import.meta.url));
  const port = { onmessage: null, onmessageerror: null, onerror: null, postMessage: (message, transfer) => thread.postMessage(message, transfer), terminate: () => void thread.terminate() };
  thread.on('message', (data) => port.onmessage?.({ data }));
  thread.on('error', (error) => port.onerror?.({ message: error.message, preventDefault() {} }));
  return port;
}

const parts = artefacts({ wasm: bytes('wasm/vitrine_bg.wasm'), worker: spawn, models: (path) => bytes(`models/${path}`) });

const ink = readFileSync(0);
if (ink.length !== 784) throw new Error(`expected 784 bytes, got ${ink.length}`);
const rgba = new Uint8ClampedArray(ink.length * 4);
ink.forEach((value, at) => rgba.set([value, value, value, 255], at * 4));

const answer = await new Promise((resolve, reject) => {
  const engine = new Engine(parts, (model, status) => {
    if (status.kind === 'failed') reject(new Error(status.failure.message));
    if (status.kind !== 'ready') return;
    let probabilities;
    engine.look({
      number: 1,
      picture: { rgba, width: 28, height: 28 },
      recipe: 'exact',
      switched: [],
      models: [model],
      see: (sight) => {
        if (sight.part === 'answer') probabilities = [...sight.answer.probabilities];
      },
      end: (problem) => {
        engine.end();
        if (problem) reject(problem);
        else resolve({ model, label: status.labels[probabilities.indexOf(Math.max(...probabilities))], probabilities });
      },
    });
  });
  engine.start(['cnn-slim']);
});
process.stdout.write(`${JSON.stringify(answer)}\n`);
