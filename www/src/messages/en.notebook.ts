/** The texts of the notebook, in English. */
import { lists, numbers } from './formats';
import type { Sheet } from '../components/notebook/report-files';
import type { Badge, Bin, LayerDetail, Selection } from '../shapes.notebook';

const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)}%`;
const tiny = numbers('en', { notation: 'scientific', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const whole = numbers('en');
const list = lists('en');
const images = (count: number): string => (count === 1 ? '1 image' : `${whole(count)} images`);

const operators: Readonly<Record<string, string>> = {
  Conv: 'Convolution',
  Gemm: 'Dense',
  MatMul: 'Dense',
  MaxPool: 'Max pooling',
  GlobalAveragePool: 'Mean of each map',
  Flatten: 'Flatten',
  Add: 'Sum',
  Features: 'Features',
  Encoder: 'Learned code',
  Search: 'Nearest references',
  Vote: 'Vote',
};

const activations: Readonly<Record<string, string>> = { Relu: 'ReLU', Softmax: 'softmax', Sigmoid: 'sigmoid', Tanh: 'tanh' };

const shares: Readonly<Record<Selection['share'], string>> = { row: 'Of each truth (row)', column: 'Of each answer (column)', all: 'Of all images' };
const ofWhat: Readonly<Record<Selection['share'], string>> = { row: 'of the row', column: 'of the column', all: 'of all images' };
const badges: Readonly<Record<Badge, string>> = { duplicate: 'Also in training', doubted: 'Label doubted' };
const why: Readonly<Record<Badge, string>> = {
  duplicate: 'The same picture, pixel by pixel, is among the training images.',
  doubted: 'Every model names the same other class and is at least 90% sure.',
};

export const notebookEn = {
  title: 'The notebook',
  waiting: 'The notebook is on its way.',

  chart: {
    table: 'Data as a table',
    tableOf: (heading: string): string => `${heading}: the data, scrolls`,
  },

  data: {
    title: 'The data set',
    lede: (train: number): string =>
      `What the models learned from: ${whole(train)} grey pictures of 28×28 pixels in ten classes. What two classes share here, the models will confuse below.`,
  },
  counts: {
    title: 'Images of each class',
    axis: 'Training images',
    class: 'Class',
    count: 'Images',
    says: (least: number, most: number): string => (least === most ? `Each of the ten classes has ${images(least)}.` : `The classes have from ${whole(least)} to ${images(most)}.`),
  },
  samples: {
    title: 'What they look like',
    test: 'The first images of each class in the test set.',
    index: 'Training garments as the index remembers them: this site has no copy of the data set.',
    waiting: 'They appear as soon as the index has loaded.',
    image: (name: string, rank: number): string => `${name}, example ${rank}`,
    failed: (message: string): string => `The examples could not be shown: ${message}`,
  },
  density: {
    title: 'Total intensity by class',
    note: 'How much ink a garment has. The height of a row is the density of its class, all rows to one scale.',
    axis: 'Sum of the 784 pixels, each from 0 to 1',
    head: 'Sum of pixels',
    figure: (density: number): string => tiny(density),
    says: (peaks: readonly (readonly [string, number])[]): string => `Densities per unit of summed intensity. The peaks: ${peaks.map(([name, at]) => `${name} near ${Math.round(at)}`).join(', ')}.`,
  },
  box: {
    title: 'Mean intensity by class',
    note: 'Box: the middle half of the images, with the median; whiskers reach 1.5 boxes beyond it at most.',
    axis: 'Mean of the pixels, 0 empty to 1 full ink',
    heads: ['Class', 'Low whisker', 'Lower quartile', 'Median', 'Upper quartile', 'High whisker', 'Beyond the whiskers'],
    says: (low: string, lowAt: number, high: string, highAt: number): string => `The lowest median is that of ${low}, ${lowAt.toFixed(3)}; the highest that of ${high}, ${highAt.toFixed(3)}.`,
  },
  oddities: {
    title: 'Oddities of the data',
    duplicates: (within: number, across: number): string =>
      `Pictures that are equal pixel by pixel: ${within === 0 ? 'no groups' : whole(within)} within the training set, ${across === 0 ? 'none' : whole(across)} shared by training and test set.`,
    suspects: (count: number): string => (count === 0 ? 'No training label is on the list of suspects.' : `${whole(count)} training labels that the images’ neighbours trust least:`),
    caption: 'Suspicious labels of training images',
    image: (index: number, label: string): string => `Training image ${whole(index)}, labelled ${label}`,
    failed: (problem: string): string => `The pictures could not be shown. ${problem}`,
    heads: ['Training image', 'As the index recalls it', 'Label', 'Neighbours say', 'Of them agree with the label', 'Of them say so'],
  },

  models: {
    title: 'Inside the models',
    lede: 'Each drawing is read from the very file that classifies on this page; the curves are those of its training.',
    summary: (name: string, accuracy: string): string => [name, accuracy].filter((part) => part !== '').join(' · '),
    accuracy: (share: number): string => `test accuracy ${share.toFixed(4)}`,
    parameters: (count: number): string => `${whole(count)} parameters in all`,
    stored: (count: number): string => `${whole(count)} stored numbers`,
    reading: 'Reading the file …',
    failed: (message: string): string => `The file could not be drawn: ${message}`,
    facts: 'How it was made',
    file: 'File',
    time: 'Wall time of training',
    epochs: 'Epochs',
    images: 'Images',
    trainedOn: (train: number, validation: number): string => `${whole(train)} to learn from, ${whole(validation)} to validate`,
    validation: 'Best validation accuracy',
    machine: 'Machine',
    seed: 'Seed',
    provenance: 'Command of the last run',
    /** Of runs one after the other, and in all. */
    runs: (epochs: readonly number[], all: number): string => `${epochs.map((count) => whole(count)).join(' + ')} = ${whole(all)}`,
    taughtBy: 'Taught by',
    earlier: (name: string): string => `an earlier ${name} that is not on this page`,
    /** `shares`: of each target, run by run. */
    taught: (names: readonly string[], parts: readonly number[]): string => `${list(names)}; ${parts.map((share) => percent(share, 0)).join(', then ')} of each target`,
    duration: (seconds: number): string => {
      const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.round(seconds % 60)];
      return hours > 0 ? `${hours} h ${minutes} min` : minutes > 0 ? `${minutes} min ${rest} s` : `${rest} s`;
    },
    noHistory: 'It has no epochs: its code was learned in one run of the command above, and the training garments themselves are its memory.',
  },
  diagram: {
    title: 'Architecture',
    input: 'Image',
    output: 'Ten classes',
    unknown: 'shape unknown',
    operator: (name: string): string => operators[name] ?? name,
    activation: (name: string): string => activations[name] ?? name,
    parameters: (count: number): string => `${whole(count)} parameters`,
    stored: (count: number): string => `${whole(count)} stored numbers`,
    /** What is special about a layer. */
    detail: (detail: LayerDetail): string => {
      switch (detail.kind) {
        case 'window':
          return [detail.kernel.join('×'), detail.stride > 1 ? `stride ${detail.stride}` : ''].filter((part) => part !== '').join(', ');
        case 'features':
          return `√pixel (${whole(detail.roots)}), histograms of gradients (${whole(detail.gradients)})`;
        case 'encoder':
          return `linear, plus ${whole(detail.hidden)} hidden units`;
        case 'search':
          return `${whole(detail.references)} references`;
        case 'vote':
          return `${whole(detail.neighbours)} nearest`;
      }
    },
    sum: (sources: readonly string[]): string => `of ${list(sources)}`,
  },
  course: {
    loss: 'Loss, nats per image',
    accuracy: 'Accuracy',
    epoch: 'Epoch',
    training: 'Training',
    validation: 'Validation',
    lossTitle: (name: string): string => `${name}: loss by epoch`,
    accuracyTitle: (name: string): string => `${name}: accuracy by epoch`,
    lossNote: 'Training counts smoothed labels and altered images, hence may lie above validation.',
    accuracyNote: 'Training counts altered images, while learning; validation the averaged weights.',
    says: (what: string, epochs: number, training: number, validation: number | undefined): string =>
      `${what} over ${epochs} epochs, at the end ${training.toFixed(3)} in training${validation === undefined ? '' : ` and ${validation.toFixed(3)} in validation`}.`,
  },
  compared: {
    title: 'The models compared',
    lede: 'All answered the same test images, so that two models can be compared where exactly one of them is right.',
    chart: 'Test accuracy with 95% intervals',
    note: 'Wilson’s score interval. Overlapping intervals do not say that two models are equally good: the pairwise table does.',
    axis: 'Accuracy on the test images',
    heads: ['Model', 'Accuracy', 'From', 'To'],
    says: (best: string, accuracy: number): string => `The highest accuracy is that of ${best}, ${accuracy.toFixed(4)}.`,
    pairs: 'Pair by pair',
    caption: 'McNemar’s exact test for each pair of models',
    pairHeads: ['Pair', 'Only the first is right', 'Only the second is right', 'p', 'Verdict'],
    pair: (first: string, second: string): string => `${first} and ${second}`,
    p: (value: number): string => (value < 0.0001 ? '< 0.0001' : value.toFixed(4)),
    better: (name: string): string => `${name} is better`,
    open: 'Could be chance',
    test: (pairs: number): string => `McNemar’s exact test, two-sided; a verdict asks for p below 0.05 divided by the ${pairs} pairs (Bonferroni).`,
    exact: (k: number, accuracy: number, agreement: number): string =>
      `The index stands for an exact search among the raw pixels of all training images: that one, with ${k} neighbours, has an accuracy of ${accuracy.toFixed(4)} and gives the same answer for ${percent(agreement)} of the test images.`,
  },

  explorer: {
    title: 'Where they go wrong',
    lede: 'Every cell counts the test images of one class that were taken for another. Open a cell to see them.',
    model: 'Model',
    beside: 'Beside it',
    nobody: 'nobody',
    whole: 'Per cent',
    shares,
    percent: (share: number): string => (share < 0.001 ? '<0.1%' : share >= 0.9995 ? '100%' : percent(share)),
    hint: 'Arrow keys walk through the cells, Enter opens one.',
    upperLower: (first: string, second: string): string => `Upper figures: ${first}. Lower figures: ${second}. Arrow keys walk through the cells, Enter opens one.`,
    caption: (models: string): string => `Confusion matrix of ${models}: rows are the truth, columns the answer`,
    cell: (truth: string, predicted: string): string => (truth === predicted ? `${truth} recognised` : `${truth} taken for ${predicted}`),
    ofWhat,
    measureFirst: (names: readonly string[]): string => `The images appear once ${list(names)} ${names.length === 1 ? 'is' : 'are'} measured in this browser; the counts are the committed ones.`,
    needsFiles: 'This needs the two files of the test set.',
    handIn: 'Hand them in under “Measure it here”',
    measuring: (name: string, done: number, total: number): string => (total === 0 ? `${name} is next.` : `Measuring ${name}: ${whole(done)} of ${whole(total)}`),
    /** What is measured before those that were asked for. */
    waitsFor: (names: readonly string[], running: string, done: number, total: number): string => `${list(names)} ${names.length === 1 ? 'waits' : 'wait'} for ${running}: ${whole(done)} of ${whole(total)}`,
    next: 'Measure it next',
    committed: 'Committed figures',
    measured: 'Measured in this browser',
    told: (count: number): string => `The ${whole(count)} answers that come with the models; measuring proves them.`,
    untold: (message: string): string => `The answers that come with the models could not be fetched: ${message}`,
    verified: (count: number, differing: number): string => (differing === 0 ? `all ${whole(count)} answers are the committed ones` : `${whole(differing)} of ${whole(count)} answers are not the committed ones`),
    pick: 'Choose a cell, or a set of images: they appear here.',
  },
  sets: {
    title: 'Or the images on which the models differ:',
    apart: 'They disagree',
    wrong: 'All are wrong',
    only: (name: string): string => `Only ${name} is right`,
  },
  walk: {
    previous: 'Previous',
    next: 'Next',
    place: (at: number, count: number): string => `${whole(at)} of ${whole(count)}`,
    back: 'Back to the images',
  },
  cell: {
    title: (truth: string, predicted: string): string => (truth === predicted ? `${truth}, recognised` : `${truth}, taken for ${predicted}`),
    order: 'Order',
    falling: 'Most confident first',
    rising: 'Least confident first',
    groups: (of: 'one' | 'both' | 'first' | 'second', first: string, second: string): string =>
      ({ one: first, both: `Both ${first} and ${second}`, first: `Only ${first}`, second: `Only ${second}` })[of],
    none: 'None.',
    more: (count: number): string => `Show ${whole(count)} more`,
    image: (index: number): string => `Open test image ${index} in the classifier, confidence`,
    badges,
    why,
    failed: (message: string): string => `The images could not be shown: ${message}`,
  },
  report: {
    title: (name: string): string => `Classification report of ${name}`,
    of: (name: string): string => `Classification report of ${name}, scrolls sideways`,
    note: 'The text of scikit-learn’s classification_report, to the character.',
    copy: 'Copy the text',
    copied: 'Copied',
    select: 'Selected: press Ctrl+C or ⌘C to copy it.',
    download: (name: string): string => `Save ${name}`,
    /** In the name of a file for spreadsheets. */
    sheet: 'spreadsheet',
    /** How this language's spreadsheets read a file. */
    cells: { separator: ',', decimal: '.' } as Sheet,
  },

  trust: {
    title: 'Can you trust the percentages?',
    lede: 'When a model says 80%, is it right 8 times in 10? Its answers to the test images tell.',
    model: 'Model',
    error: 'Expected calibration error',
    logLoss: 'Log-loss, nats',
    topTwo: 'Truth among the first two',
    temperature: 'Temperature',
    infinite: 'none: a vote can be 0',
    unmeasured: 'measure to know',
    measureFirst: (name: string): string => `The diagrams appear once ${name} is measured in this browser.`,
    failed: (message: string): string => `The diagrams could not be computed: ${message}`,
    on: (count: number): string => `On ${images(count)}, measured in this browser.`,
    told: (count: number): string => `On ${images(count)}, by the answers that come with the models.`,
    measureMore: (name: string): string => `The curves of one class need every probability: they appear once ${name} is measured in this browser.`,
    committed: 'The committed figures, on the test set.',
    reliability: 'Reliability',
    reliabilityNote: 'Accuracy of the answers by their confidence. On the broken line confidence means what it says; below it is too high.',
    reliabilitySays: (bins: readonly Bin[]): string =>
      `Confidence and accuracy by bin: ${bins.filter(({ images: count }) => count > 0).map(({ confidence, accuracy }) => `${percent(confidence, 0)} and ${percent(accuracy, 0)}`).join(', ')}.`,
    histogram: 'How sure it is',
    histogramNote: 'Test images by the confidence of the answer.',
    histogramSays: (bins: readonly Bin[], total: number): string => {
      const last = bins.at(-1);
      return last ? `${percent(last.images / total, 0)} of the images lie in the last bin, above ${percent(last.low, 0)}.` : '';
    },
    bin: 'Confidence',
    confidence: 'Confidence',
    meanConfidence: 'Mean confidence',
    accuracy: 'Accuracy',
    images: 'Images',
    selectiveTitle: 'Silence where it is unsure',
    selectiveNote: 'Answers are given only from this confidence on: how many images then get one, and how many of those are right.',
    threshold: 'Least confidence',
    coverage: 'Coverage',
    selective: 'Selective accuracy',
    share: 'Share of images',
    thresholdSays: (threshold: number, covered: number, right: number | undefined): string =>
      right === undefined
        ? `From ${percent(threshold, 0)} on, no image gets an answer.`
        : `From ${percent(threshold, 0)} on, ${percent(covered)} of the images get an answer, of which ${percent(right, 2)} are right.`,
    class: 'One class against the rest',
    roc: 'Receiver operating characteristic',
    precisionRecall: 'Precision and recall',
    falsePositives: 'False positive rate',
    truePositives: 'True positive rate',
    recall: 'Recall',
    precision: 'Precision',
    areaHead: 'Area below the ROC curve',
    averagePrecisionHead: 'Average precision',
    area: (name: string, area: number): string => `${name}: area ${area.toFixed(4)}. Thin lines: the other classes.`,
    averagePrecision: (name: string, average: number): string => `${name}: average precision ${average.toFixed(4)}. Thin lines: the other classes.`,
    rocSays: (name: string, area: number): string => `True over false positive rate of every class at each threshold; ${name} has an area of ${area.toFixed(4)} below it.`,
    precisionRecallSays: (name: string, average: number): string => `Precision over recall of every class at each threshold; ${name} has an average precision of ${average.toFixed(4)}.`,
  },
};
