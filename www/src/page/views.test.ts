/** Whatever is chosen in the panels and the notebook comes back by its link; whatever else stands there harms nobody. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NONE, SLIDERS } from '../components/why/distortions';
import type { ImageSet } from '../shapes.notebook';
import { formatHash, parseHash } from './address';
import { cellOf, cellText, trustOf, trustText } from './notebook/link';
import { SETTLED, Share } from './share';
import { Memory } from './testing/memory';
import { type ViewKey, viewFacets, Views } from './views';
import { distortOf, distortText, evidenceOf, evidenceText, mapsOf, mapsText } from './why/link';

const MODELS = ['mlp', 'cnn', 'cnn-slim', 'knn'];
const CLASSES = 10;
const label = fc.option(fc.nat(CLASSES - 1), { nil: undefined });
const model = fc.constantFrom(...MODELS);

const distortion = fc
  .tuple(fc.integer({ min: 1, max: 99 }), ...SLIDERS.map(({ least, most, step }) => fc.option(fc.integer({ min: 0, max: Math.round((most - least) / step) }), { nil: undefined })))
  .map(([seed, ...steps]) => ({
    ...NONE,
    ...Object.fromEntries(SLIDERS.flatMap(({ name, least, step }, at) => (steps[at] === undefined ? [] : [[name, Number((least + steps[at] * step).toFixed(4))]]))),
    seed,
  }));
const evidence = fc.record({ target: label, measure: fc.constantFrom('probability' as const, 'odds' as const), network: fc.option(model, { nil: undefined }) });
const tile = fc.option(fc.nat(1023), { nil: undefined });
const maps = fc.record({ scale: fc.constantFrom('own' as const, 'common' as const), first: tile, second: tile });
const selection = fc
  .record({
    first: model,
    second: fc.option(model, { nil: '' }),
    share: fc.constantFrom('row' as const, 'column' as const, 'all' as const),
    open: fc.option(fc.oneof(fc.record({ truth: fc.nat(CLASSES - 1), predicted: fc.nat(CLASSES - 1) }), fc.oneof(fc.constantFrom<ImageSet>('apart', 'wrong'), model.map((name): ImageSet => `only.${name}`))), { nil: undefined }),
    rising: fc.boolean(),
  })
  .map(({ open, second, ...rest }) => ({ ...rest, second: second === rest.first ? '' : second, cell: typeof open === 'object' ? open : undefined, set: typeof open === 'string' ? open : undefined }));
const trusting = fc.record({ trusted: model, label });

const text: Readonly<Record<ViewKey, fc.Arbitrary<string | undefined>>> = {
  distort: distortion.map(distortText),
  evidence: evidence.map(evidenceText),
  maps: maps.map(mapsText),
  cell: selection.map((chosen) => cellText(chosen, 'mlp')),
  trust: trusting.map((chosen) => trustText(chosen, 'mlp')),
  threshold: fc.option(fc.integer({ min: 0, max: 100 }).map(String), { nil: undefined }),
};
const keys = Object.keys(text) as ViewKey[];

describe('what is chosen', () => {
  it('comes back by its text', () =>
    fc.assert(
      fc.property(distortion, evidence, maps, selection, trusting, (moved, shown, seen, chosen, trusted) => {
        expect(distortOf(distortText(moved))).toEqual(moved);
        expect(evidenceOf(evidenceText(shown), CLASSES)).toEqual(shown);
        expect(mapsOf(mapsText(seen))).toEqual(seen);
        expect(cellOf(cellText(chosen, 'mlp'), MODELS, CLASSES, 'mlp')).toEqual(chosen);
        expect(trustOf(trustText(trusted, 'mlp'), MODELS, CLASSES, 'mlp')).toEqual(trusted);
      }),
    ));

  it('is not told where it is usual', () => {
    expect([distortText(NONE), evidenceText(evidenceOf(undefined, CLASSES)), mapsText(mapsOf(undefined)), cellText(cellOf(undefined, MODELS, CLASSES, 'mlp'), 'mlp'), trustText(trustOf(undefined, MODELS, CLASSES, 'mlp'), 'mlp')]).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  it('may be written by anybody: what makes no sense is as usual, and every slider stays within its reach', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.array(fc.constantFrom('degrees:1e9', 'blur:-3', 'scale:NaN', 'seed:0', 'noise:0.111', 'model:dog', 'cell:99-1', 'set:only.dog', 'class:10', 'measure:feet')).map((parts) => parts.join(','))), (wild) => {
        const moved = distortOf(wild);
        for (const { name, least, most } of SLIDERS) expect(moved[name] >= least && moved[name] <= most).toBe(true);
        expect(distortOf(distortText(moved))).toEqual(moved);
        const chosen = cellOf(wild, MODELS, CLASSES, 'mlp');
        expect(cellOf(cellText(chosen, 'mlp'), MODELS, CLASSES, 'mlp')).toEqual(chosen);
        expect(MODELS).toContain(trustOf(wild, MODELS, CLASSES, 'mlp').trusted);
        expect([undefined, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).toContain(evidenceOf(wild, CLASSES).target);
      }),
    ));
});

describe('in an address', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const opened = (entries: Memory): { views: Views; share: Share; refused: string[] } => {
    const views = new Views();
    const refused: string[] = [];
    const share = new Share(viewFacets(views), (told) => void refused.push(...told), entries);
    views.addEventListener('change', () => share.changed());
    share.start();
    return { views, share, refused };
  };
  const told = (views: Views): (string | undefined)[] => keys.map((key) => views.get(key));
  const choice = fc.constantFrom(...keys).chain((key) => text[key].map((value) => ({ key, value })));

  it('whatever was chosen comes back after a reload, without a refusal', () =>
    fc.assert(
      fc.asyncProperty(fc.array(choice, { maxLength: 12 }), async (choices) => {
        const entries = new Memory();
        const { views } = opened(entries);
        for (const { key, value } of choices) {
          views.set(key, value);
          await vi.advanceTimersByTimeAsync(SETTLED);
        }
        const again = opened(entries);
        expect(told(again.views)).toEqual(told(views));
        expect(again.refused).toEqual([]);
        expect(parseHash(entries.now.hash)).toBeDefined();
      }),
    ));

  it('moving a slider is a stroke, choosing a cell a step', async () => {
    const entries = new Memory();
    const { views } = opened(entries);
    for (const [key, value] of [['distort', 'degrees:5'], ['distort', 'degrees:10'], ['threshold', '70'], ['cell', 'cell:1-2'], ['cell', 'cell:2-3'], ['trust', 'model:knn']] as const) {
      views.set(key, value);
      await vi.advanceTimersByTimeAsync(SETTLED);
    }
    expect(entries.list.map(({ hash }) => hash)).toEqual([
      'distort=degrees:10&threshold=70',
      'distort=degrees:10&cell=cell:1-2&threshold=70',
      'distort=degrees:10&cell=cell:2-3&threshold=70',
      'distort=degrees:10&cell=cell:2-3&trust=model:knn&threshold=70',
    ]);
    entries.go(-2);
    expect(views.get('cell')).toBe('cell:1-2');
  });

  it('what is of no form is refused, and told', () => {
    const { views, refused } = opened(new Memory(formatHash([['distort', 'a b'], ['threshold', '101'], ['cell', 'cell:1-2']])));
    expect(refused).toEqual(['distort', 'threshold']);
    expect(views.get('cell')).toBe('cell:1-2');
  });
});
