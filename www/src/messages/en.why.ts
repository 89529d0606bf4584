/** The texts of the panels that explain an answer, in English. */
import { doubtOf, isUnlike } from '../novelty';
import { lists, numbers } from './formats';

const percent = (share: number): string => `${(share * 100).toFixed(share > 0 && share < 0.01 ? 1 : 0)}%`;
const signed = (value: number, digits: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
const whole = numbers('en', { maximumFractionDigits: 0 });
const short = numbers('en', { maximumFractionDigits: 2 });
const two = numbers('en', { minimumSignificantDigits: 2, maximumSignificantDigits: 2 });
const strength = (value: number): string => (value === 0 ? '0' : `${value < 0 ? '−' : ''}${two(Math.abs(value))}`);
const list = lists('en');

const rows = ['upper', 'middle', 'lower'] as const;
const columns = ['left', 'centre', 'right'] as const;
const region = (row: number, column: number): string => (row === 1 && column === 1 ? 'middle' : column === 1 ? `${rows[row] ?? ''} middle` : `${rows[row] ?? ''} ${columns[column] ?? ''}`);

const corruptions: Readonly<Record<string, string>> = {
  shift: 'Shift',
  rotate: 'Rotation',
  scale: 'Size',
  blur: 'Blur',
  noise: 'Noise',
  contrast: 'Contrast',
  erase: 'Erased square',
  outline: 'Outline',
};

const units: Readonly<Record<string, string>> = {
  'pixels': 'pixels, in a random direction',
  'degrees': 'degrees, to a random side',
  'of the size': 'times the size',
  'pixels of standard deviation': 'pixels of standard deviation',
  'of white as standard deviation': 'standard deviation, of white',
  'of the contrast': 'times the contrast',
  'pixels wide': 'pixels wide',
  'of the inside removed': 'of the inside removed',
};

const sliders: Readonly<Record<string, string>> = {
  shift_x: 'Shift sideways',
  shift_y: 'Shift up and down',
  degrees: 'Rotation',
  scale: 'Size',
  noise: 'Noise',
  contrast: 'Contrast',
  blur: 'Blur',
  erase: 'Erased square',
  outline: 'Outline',
};

const sliderValue = (name: string, value: number): string => {
  switch (name) {
    case 'shift_x':
      return value === 0 ? '0 px' : `${short(Math.abs(value))} px ${value < 0 ? 'left' : 'right'}`;
    case 'shift_y':
      return value === 0 ? '0 px' : `${short(Math.abs(value))} px ${value < 0 ? 'up' : 'down'}`;
    case 'degrees':
      return value === 0 ? '0°' : `${whole(Math.abs(value))}° ${value < 0 ? 'left' : 'right'}`;
    case 'scale':
    case 'contrast':
      return `× ${value.toFixed(2)}`;
    case 'blur':
      return `${value.toFixed(1)} px`;
    case 'erase':
      return `${whole(value)} px`;
    default:
      return percent(value);
  }
};

const likeness = (unlike: boolean): string => (unlike ? 'Unlike the training data' : 'Like the training data');

export const enWhy = {
  title: 'Look closer',
  lede: 'Why do the models answer as they do, does your picture resemble what they learned from, and how much does it take to confuse them?',
  loading: 'Opening …',
  blank: 'Draw something, or bring a picture; a blank canvas has no answer to explain.',
  failed: (message: string): string => `This could not be computed: ${message}`,
  again: 'Try again',
  table: 'The data as a table',

  fit: {
    title: 'Where does it fit?',
    hint: 'Your picture beside the training garments',
    densities: 'How much ink',
    densitiesHint: 'Each ridge shows how total intensity is spread among the training garments of a class; the line is your picture.',
    densitiesAxis: 'Total intensity: sum of 784 pixels, each 0 to 1',
    densityAxis: 'Density of training garments',
    own: (total: number): string => `yours: ${whole(total)}`,
    describeDensities: (total: number | undefined, usual: readonly string[]): string => {
      if (total === undefined) return 'Densities of total intensity by class; no picture to compare with yet.';
      const where = usual.length === 0 ? 'that is usual in no class' : `that is usual for ${list(usual)}`;
      return `Your picture has a total intensity of ${whole(total)}: ${where}.`;
    },
    usualNote: 'Usual: within the middle 80% of a class. Ink alone does not make a garment.',
    class: 'Class',
    below: 'Garments with less ink',
    share: percent,
    densitiesCaption: 'Share of the training garments of each class with less ink than your picture',
    novelty: 'How far from any training garment',
    noveltyHint: 'The distance to the k-th nearest training garment in the metric of the KNN index. 1 is the distance that 95% of garments the index had not seen stay below.',
    noveltyAxis: 'Distance, as a multiple of that threshold (logarithmic)',
    like: 'like them',
    unlike: 'unlike them',
    noveltyOwn: (novelty: number): string => `yours: ${novelty.toFixed(2)}`,
    describeNovelty: (novelty: number | undefined): string => {
      if (novelty === undefined) return 'Scale of novelty; no picture to place on it yet.';
      return isUnlike(novelty)
        ? `${likeness(true)}: the training garments nearest to your picture lie farther away than they do for 95% of real garments, at ${novelty.toFixed(2)} times that threshold. ${doubtOf(novelty) === 'much' ? 'Whatever class the models name means little.' : 'Take their answers with care; shades of grey and a filled shape bring a drawing nearer.'}`
        : `${likeness(false)}: training garments lie as near to your picture as they do for 95% of real garments, at ${novelty.toFixed(2)} times that threshold.`;
    },
    noveltyUnknown: 'This needs the KNN index, which has not answered yet.',
    noveltyCaption: 'How the score tells garments from other pictures',
    noveltyKind: 'Pictures',
    noveltyAbove: 'Share above 1',
    garments: 'Test garments (false alarms)',
    kind: (name: string): string => name,
  },

  occlusion: {
    title: 'Why this answer?',
    hint: 'What if a patch were missing?',
    explain: 'A patch of 6 by 6 pixels of empty ground is put over every part of your picture, and each model is asked again. What it loses shows where it looked.',
    target: 'Evidence for',
    ownAnswer: 'each model’s own answer',
    measure: 'Measured in',
    probability: 'probability',
    odds: 'log-odds (bits)',
    stop: 'Stop',
    resume: 'Go on',
    progress: (model: string): string => `Progress of ${model}`,
    waiting: 'Waiting',
    stopped: 'Stopped',
    toward: 'Speaks for it: less likely without',
    against: 'Speaks against it: more likely without',
    map: (model: string, label: string): string => `Occlusion map of ${model} for ${label}`,
    place: { row: 'Row of the patch', column: 'Column of the patch' },
    keys: 'Point at a map, or reach it with Tab and use the arrow keys, to read what each patch is worth.',
    whole: (label: string, share: number): string => `${label} ${percent(share)}`,
    full: (change: number, odds: boolean): string => (odds ? `Full colour: ${change.toFixed(1)} bits` : `Full colour: ${(change * 100).toFixed(change < 0.1 ? 1 : 0)} points`),
    cell: (row: number, column: number, label: string, before: number, after: number, bits: number | undefined): string =>
      `Patch at row ${row}, column ${column}: ${label} ${percent(before)} → ${percent(after)}${bits === undefined ? '' : ` (${signed(bits, 1)} bits)`}`,
    unknown: (row: number, column: number): string => `Patch at row ${row}, column ${column}: not computed yet`,
    region: (row: number, column: number): string => `Evidence mostly in the ${region(row, column)}`,
    row: (row: number): string => `Evidence mostly in the ${row === 1 ? 'middle' : `${rows[row] ?? ''} third`}`,
    column: (column: number): string => `Evidence mostly ${column === 1 ? 'down the centre' : `on the ${columns[column] ?? ''}`}`,
    spread: 'Evidence spread over the whole garment',
    none: 'No single patch speaks for it',
    falls: (share: number, odds: number | undefined): string => `; at most it falls to ${odds === undefined ? percent(share) : `${percent(share)} (${signed(odds, 1)} bits)`}`,
    rises: (row: number, column: number, share: number): string => `. Without the ${region(row, column)} it would rise to ${percent(share)}`,
    caption: (odds: boolean): string => `Mean loss without a patch in each ninth of the picture, in ${odds ? 'bits of log-odds' : 'points of probability'}; negative where the class gains`,
    model: 'Model',
    about: 'Class',
    ninth: (row: number, column: number): string => {
      const name = region(row, column);
      return name.charAt(0).toUpperCase() + name.slice(1);
    },
    change: (value: number, odds: boolean): string => signed(odds ? value : value * 100, odds ? 2 : 1),
    done: (summaries: readonly string[]): string => `Occlusion maps are complete. ${summaries.join(' ')}`,
  },

  layers: {
    title: 'What the first convolutions see',
    model: 'Network',
    scale: 'White is the strongest answer of',
    scales: { own: 'each map', common: 'the whole layer' },
    filters: 'Filters of the first convolution',
    filtersHint: (count: number, width: number, height: number): string => `${count} filters of ${width}×${height} weights: grey is zero, white positive, black negative. Each makes the map of the same number.`,
    maps: (rank: number): string => `Maps of the ${['first', 'second'][rank] ?? `${rank + 1}th`} convolution`,
    mapsHint: (count: number, width: number, height: number): string => `${count} maps of ${width}×${height}, after the activation: where it is bright, something was found.`,
    describeFilters: (count: number, width: number, height: number): string => `${count} filters of ${width} by ${height} weights`,
    describeMaps: (name: string, count: number): string => `${count} feature maps of ${name}`,
    number: 'Shown large: number',
    one: (number: number): string => `Number ${number}`,
    tile: (number: number, count: number, own: number, most: number): string => `Number ${number} of ${count}: at most ${strength(own)}, the strongest of all ${strength(most)}`,
    value: (value: number): string => strength(value),
    reach: (own: number, most: number, signed: boolean): string => (signed ? '' : own === 0 ? 'It found nothing in this picture.' : own === most ? 'The strongest of the layer.' : `At most ${strength(own)}; the strongest of the layer: ${strength(most)}.`),
    none: 'No network with convolutions has loaded yet.',
  },

  break: {
    title: 'Break it',
    hint: 'How much does it take until they change their minds?',
    sliders: 'Changes to your picture',
    slider: (name: string): string => sliders[name] ?? name,
    value: sliderValue,
    reset: 'Reset',
    reseed: 'Other noise',
    before: 'As it was',
    after: 'Changed',
    picture: 'Your garment at 28 by 28 pixels, with these changes',
    answers: 'What they say now',
    answersCaption: 'Each model’s answer to the picture as it was and to the changed one, and whether these resemble the training data',
    model: 'Model',
    was: 'As it was',
    now: 'Changed',
    kept: 'unchanged',
    changed: 'another answer',
    answer: (label: string, share: number): string => `${label} ${percent(share)}`,
    curves: 'What such changes cost on the test set',
    curvesHint: (images: number): string => `Accuracy of each model on ${whole(images)} test images, changed more and more; the upright line is where your sliders stand, an arrow leads to what was not measured.`,
    missing: 'The committed figures of this build hold no accuracies under corruption, so there are no curves to show.',
    corruption: (name: string): string => corruptions[name] ?? name,
    unit: (unit: string): string => units[unit] ?? unit,
    accuracy: 'Accuracy',
    describeCurve: (name: string, clean: string, worst: string): string => `${corruptions[name] ?? name}. Unchanged: ${clean}. At the strongest: ${worst}.`,
    of: (model: string, accuracy: number): string => `${model} ${percent(accuracy)}`,
    curvesCaption: 'Accuracy on corrupted test images',
    amount: 'Amount',
    none: 'none',
    unmeasured: (amount: string): string => `yours, ${amount}, was not measured`,
    figure: (accuracy: number): string => accuracy.toFixed(3),
    number: (value: number): string => short(value),
    noveltyName: 'Novelty',
    likeness,
    novelty: (novelty: number): string => `${novelty.toFixed(2)} times the threshold`,
    announceNovelty: (unlike: boolean): string => `Now ${unlike ? 'unlike' : 'like'} the training data`,
    announce: (model: string, label: string): string => `${model} now says ${label}`,
    restored: 'All changes taken back',
  },
};
