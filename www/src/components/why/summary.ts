/** An occlusion map in a sentence. */
import { t } from '../../messages';
import { CELLS, type Occlusion } from '../../shapes.why';
import { amount, losses, type Measure, type Place, strongest, whereabouts, withoutCell } from './evidence';

function placed(place: Place): string {
  const texts = t.why.occlusion;
  switch (place.kind) {
    case 'region':
      return texts.region(place.row, place.column);
    case 'row':
      return texts.row(place.row);
    case 'column':
      return texts.column(place.column);
    case 'spread':
      return texts.spread;
    case 'none':
      return texts.none;
  }
}

/** Where the evidence for `target` lies, how far it falls without it, and where it would rise. */
export function summary(occlusion: Occlusion, target: number, measure: Measure): string {
  const texts = t.why.occlusion;
  const values = losses(occlusion, target, measure);
  const without = (cell: number): number => withoutCell(occlusion, cell)[target] ?? 0;
  const bits = (cell: number): number | undefined =>
    measure === 'odds' ? amount(withoutCell(occlusion, cell), target, measure) - amount(occlusion.whole, target, measure) : undefined;
  const loss = strongest(values, 1, measure);
  const gain = strongest(values, -1, measure);
  const third = (index: number): number => Math.floor((index * 3) / CELLS);
  const falls = loss === undefined ? '' : texts.falls(without(loss), bits(loss));
  const rises = gain === undefined ? '' : texts.rises(third(Math.floor(gain / CELLS)), third(gain % CELLS), without(gain));
  return `${placed(whereabouts(values, measure))}${falls}${rises}.`;
}
