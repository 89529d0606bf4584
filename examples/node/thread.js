/** The package's worker in a thread of Node's: gives it the two words of a browser's worker that it knows. */
import { parentPort } from 'node:worker_threads';

globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer);
await import('vitrine-classifier/worker');
parentPort.on('message', (data) => globalThis.onmessage({ data }));
