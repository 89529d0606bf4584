/** References of the index on which the committed models disagree, each sure of itself: written into src/lab/puzzles.json. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import init, { KnnIndex, Network } from '../pkg/vitrine.js';
import { argmax } from '../src/argmax';

interface Entry {
  readonly path: string;
  readonly role: string;
  readonly sha256: string;
}
interface Answer {
  readonly label: number;
  readonly probability: number;
}
interface Puzzle {
  readonly reference: number;
  readonly label: number;
  readonly distinct: number;
  readonly least: number;
}

const www = resolve(import.meta.dirname, '..');
const models = resolve(www, '../models');
const read = (path: string): Uint8Array => readFileSync(join(models, path));

const COUNT = 3;
/** Every so many references are looked at. */
const STRIDE = 7;

export async function build(): Promise<void> {
  await init({ module_or_path: readFileSync(join(www, 'pkg/vitrine_bg.wasm')) });
  const { files } = JSON.parse(readFileSync(join(models, 'manifest.json'), 'utf8')) as { files: Entry[] };
  const used = files.filter(({ path }) => /\.(onnx|index|thumbnails)$/.test(path));
  const one = (end: string): Uint8Array => read(used.find(({ path }) => path.endsWith(end))?.path ?? '');
  const index = new KnnIndex(one('.index'));
  index.read_thumbnails(one('.thumbnails'));
  const networks = used.filter(({ path }) => path.endsWith('.onnx')).map(({ path }) => new Network(read(path)));
  const all = [index, ...networks];
  const found: Puzzle[] = [];
  for (let reference = 0; reference < index.size; reference += STRIDE) {
    const pixels = Float32Array.from(index.thumbnail(reference) ?? [], (grey) => grey / 255);
    // Quick ones first: most references are no puzzle to any of them.
    const answers: Answer[] = all.map((model) => {
      const probabilities = model.predict(pixels);
      const label = argmax(probabilities);
      return { label, probability: probabilities[label] ?? 0 };
    });
    const label = index.label(reference);
    const said = new Set(answers.map((answer) => answer.label));
    if (said.size > 1 && said.has(label)) found.push({ reference, label, distinct: said.size, least: Math.min(...answers.map(({ probability }) => probability)) });
  }
  found.sort((a, b) => b.distinct - a.distinct || b.least - a.least || a.reference - b.reference);
  // Of as many classes as there are puzzles.
  const puzzles = found.filter(({ label }, at) => found.findIndex((other) => other.label === label) === at).slice(0, COUNT);
  const written = {
    puzzles: puzzles.map(({ reference, label }) => ({ reference, label })),
    sums: Object.fromEntries(used.map(({ role, sha256 }) => [role, sha256])),
  };
  writeFileSync(join(www, 'src/lab/puzzles.json'), `${JSON.stringify(written, null, 2)}\n`);
  process.stdout.write(`puzzles.json: ${puzzles.map(({ reference, label, distinct }) => `${reference} of class ${label} is called ${distinct} things`).join(', ')}\n`);
}
