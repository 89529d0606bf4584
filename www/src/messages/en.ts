/** Every text of the site, in English. */
import { cardsEn } from './en.cards';
import { embedEn } from './en.embed';
import { linkParts } from './en.link';
import { notebookEn } from './en.notebook';
import { chosen, recipes, regionEn } from './en.region';
import { enWhy } from './en.why';
import { facts, lists, numbers } from './formats';
import type { Failure } from '../shapes';

const percent = (share: number, digits = 0): string => `${(share * 100).toFixed(digits)}%`;
const whole = numbers('en');
const bytes = numbers('en', { maximumSignificantDigits: 3 });

const models: Readonly<Record<string, { name: string; long: string }>> = {
  mlp: { name: 'MLP', long: 'Multilayer perceptron' },
  cnn: { name: 'CNN', long: 'Convolutional network' },
  'cnn-slim': { name: 'Slim CNN', long: 'Small convolutional network' },
  knn: { name: 'KNN', long: 'Nearest neighbours in a learned metric' },
};

const steps: Readonly<Record<string, string>> = {
  grey: 'Grey',
  invert: 'Invert',
  trim: 'Trim',
  ground: 'Level',
  fit: 'Fit to 28',
  sharpen: 'Sharpen',
  centre: 'Centre',
};

/** What each step does, and what happens without it. */
const explained: Readonly<Record<string, string>> = {
  grey: 'Colours become grey. Without it the red channel alone counts.',
  invert: 'Dark and light change places: the models expect light ink on a dark ground.',
  trim: 'Empty edges go. Without it the garment stays small.',
  ground: 'The ground goes: it becomes white, or black around what is lighter. Without it a grey wall is faint ink.',
  fit: 'The longer side becomes 28 pixels. Without it both do, and the proportions are lost.',
  sharpen: 'Edges become crisp.',
  centre: 'The garment moves to the middle. Without it it stays in the corner.',
};

/** By the codes whose messages are not for visitors: what happened, and what helps. Others say it themselves. */
const failures: Readonly<Record<string, (message: string) => string>> = {
  integrity: (message) => `A file is not the published one: it was changed, or came damaged. Try again. (${facts(message)})`,
  browser: () => 'This browser does not run what the classifier needs: WebAssembly with SIMD. Update it, or allow WebAssembly in its settings.',
  policy: () => 'The server that this page comes from forbids WebAssembly, which the classifier needs. Tell its owner: script-src of its content security policy has to name ’wasm-unsafe-eval’.',
  connect: () => 'The server that this page comes from forbids it to fetch its own files. Tell its owner: connect-src of its content security policy has to name ’self’.',
  worker: () => 'The classifier could not be started. Try again, or reload the page; if that does not help, the server that it comes from may forbid workers: worker-src of its content security policy has to name ’self’.',
  stopped: () => 'The classifier stopped, which is a fault of this page. Try again, and reload the page if it happens once more.',
  timeout: () => 'The classifier gave no answer for too long, and was ended. Try again, and reload the page if it happens once more.',
  away: () => 'A part of the page could not be fetched; check the connection and try again.',
  damaged: () => 'A part of the page came damaged; reload the page.',
  silent: () => 'A part of the page does not come; reload the page.',
  restarted: () => 'The classifier had to start anew. Try again.',
  ended: () => 'The classifier was ended. Reload the page.',
};

/** `a, b and c`. */
const list = lists('en');

export { unstartedEn as unstarted } from './en.unstarted';

export const en = {
  language: 'en',
  notebook: notebookEn,
  percent,
  count: (value: number): string => whole(value),
  /** With that many decimals; without a wish as many as it needs, three at most. */
  number: (value: number, decimals?: number): string => (decimals === undefined ? whole(value) : value.toFixed(decimals)),
  size: (value: number): string => (value >= 1e6 ? `${bytes(value / 1e6)} MB` : `${bytes(value / 1e3)} kB`),
  seconds: (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`,
  model: (id: string): string => models[id]?.name ?? id,
  modelLong: (id: string): string => models[id]?.long ?? id,
  models: (ids: readonly string[]): string => list(ids.map((id) => models[id]?.name ?? id)),
  /** A class of the data set, by the data set's name for it, which is English. */
  className: (name: string): string => name,
  /** `name` with soft hyphens where a narrow column may break it. */
  hyphenated: (name: string): string => name,

  page: {
    title: 'Vitrine: draw a garment, see it classified',
    description: 'Draw a garment or bring a picture, and watch neural networks and nearest neighbours classify it in your own browser.',
  },
  header: {
    title: 'Vitrine',
    lede: 'Draw a garment, or bring a picture. Four classifiers trained on Fashion-MNIST look at it in your browser; nothing leaves your device.',
  },
  nav: {
    label: 'Sections',
    lab: 'The lab',
    language: 'Language',
  },
  task: {
    title: 'A task from the link’s author',
    dismiss: 'Hide the task',
  },
  share: {
    open: 'Share',
    title: 'Share what you see',
    lede: 'The link holds your drawing, the models shown, the steps and the open panels. It goes nowhere until you send it.',
    pixels: 'Of your picture it holds the 28×28 pixels that the models see, not the picture itself.',
    task: 'A task for those who open it',
    taskHint: 'Optional; shown above the page as plain text.',
    link: 'Link',
    copy: 'Copy the link',
    copied: 'Link copied',
    byHand: 'This browser does not let the page copy. The link is selected: press Ctrl+C or ⌘C.',
    close: 'Close',
    shared: 'the shared picture',
    refused: (keys: readonly string[]): string =>
      keys.includes('#')
        ? 'The address of this page could not be read; nothing of it is shown. Ask for the link again.'
        : `Parts of the link were refused (${keys.map((key) => (Object.hasOwn(linkParts, key) ? linkParts[key] : key)).join(', ')}); the rest is shown. Ask for the link again.`,
  },
  display: {
    label: 'Display',
    of: (look: string): string => ({ '': 'As the system', light: 'Light', dark: 'Dark', large: 'Large, for a projector', 'light-large': 'Light and large', 'dark-large': 'Dark and large' })[look] ?? look,
  },
  install: 'Install as an app',
  print: {
    open: 'Print a sheet',
    name: 'Name and date:',
    title: 'What do they answer, and what makes them think so?',
  },
  footer: {
    text: 'Trained on Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017; arXiv:1708.07747).',
  },

  pad: {
    title: 'Your garment',
    hint: 'A filled shape in light grey is recognised best.',
    canvas: 'Sketch pad, 28 by 28 cells',
    keys: 'Arrows move, Shift goes faster, Space paints, Enter holds the brush down, F fills, Ctrl+Z undoes.',
    tool: 'Tool',
    brush: 'Brush',
    eraser: 'Eraser',
    fill: 'Fill',
    grey: 'Grey level',
    greyLevel: (ink: number): string => percent(ink / 255),
    size: 'Size',
    sizeText: (cells: number): string => `${cells} of the network’s pixels`,
    undo: 'Undo',
    redo: 'Redo',
    clear: 'Clear',
    cursor: (row: number, column: number, ink: number): string => `Row ${row}, column ${column}, ${ink === 0 ? 'empty' : `ink ${percent(ink / 255)}`}`,
    held: 'Brush down',
    lifted: 'Brush up',
    fillIt: 'Fill it',
    filled: 'Filled',
    undone: 'Undone',
    redone: 'Redone',
    cleared: 'Sketch pad cleared',
  },

  drop: {
    choose: 'Choose a picture',
    hint: 'Or drop a picture here, or paste one.',
    here: 'Drop it here',
    shown: 'The picture being classified',
    camera: 'Use the camera',
    showing: (name: string): string => `Showing ${name}`,
    back: 'Back to the sketch pad',
    sample: 'A test image at random',
    sampleName: (index: number, label: string): string => `test image ${index}, labelled ${label}`,
    pasted: 'the pasted picture',
    taken: (name: string): string => `Took ${name}`,
  },

  examples: {
    title: 'Or try:',
    name: (kind: 'garment' | 'puzzle' | 'drawing' | 'photograph', label: string): string =>
      ({ garment: label, puzzle: `${label}, and the models disagree`, drawing: `A drawing: ${label}`, photograph: 'A photograph that this page drew' })[kind],
    recalled: (label: string): string => `a training garment labelled ${label}, as the index recalls it`,
    photograph: 'a photograph that this page drew',
    open: (what: string): string => `${what}; put it into the lab`,
  },

  region: regionEn,

  input: {
    title: 'What the models see',
    picture: 'Your garment at 28 by 28 pixels, as the models see it',
    blank: 'Empty: 28 by 28 pixels without ink',
    recipe: (name: string): string => `28×28 pixels, ${chosen[name] ?? name}`,
    waiting: '28×28 pixels, once there is something',
    prepare: 'Prepare it',
    steps: 'Steps of preparation',
    hint: 'Each step can be switched off and on; the answers follow.',
    step: (name: string): string => steps[name] ?? name,
    explain: (name: string): string => explained[name] ?? '',
    on: 'on',
    off: 'off',
    switched: (name: string, isOn: boolean): string => `${steps[name] ?? name} ${isOn ? 'on' : 'off'}`,
    usual: 'The usual steps',
    uneven: 'The ground of this picture is not even: what differs from it in colour was cut out. If something is missing, tap the ground, or set a frame around the garment.',
    lost: 'Much of what is on this picture is no lighter or darker than its ground, and is lost. Prepare it in another way, tap the ground, or set a frame around the garment.',
  },
  camera: {
    title: 'Camera',
    take: 'Take the picture',
    cancel: 'Close the camera',
    name: 'the camera’s picture',
    view: 'What the camera sees',
    opening: 'Waiting for the camera …',
    refused: 'The camera was not allowed. Allow it in the browser’s settings of this site, or choose a picture.',
    gone: 'The camera went away. Connect it again, or choose a picture.',
    failed: (message: string): string => `The camera could not be used (${message}). Choose a picture instead.`,
  },
  recipe: (name: string): string => recipes[name] ?? name,

  answers: {
    title: 'What they say',
    caption: 'Probability of each class by model; for KNN the share of the neighbours’ votes',
    class: 'Class',
    invitation: 'Draw something, and it gets a name.',
    empty: 'There is nothing in this picture: it is one even shade. Choose another one, or draw.',
    truth: 'the label',
    right: 'as labelled',
    wrong: 'not as labelled',
    thinking: 'Looking …',
    loading: 'The models are on their way; draw already.',
    none: 'No model could be loaded.',
    agree: (label: string, ids: readonly string[]): string => (ids.length === 1 ? `${en.model(ids[0] ?? '')} says ${label}.` : `${en.models(ids)} agree on ${label}.`),
    agreed: (ids: readonly string[]): string => (ids.length === 1 ? `according to ${en.models(ids)} so far` : `all ${ids.length} agree`),
    apart: 'They disagree',
    /** Classes that as many models name. */
    either: (labels: readonly string[]): string => labels.join(' or '),
    /** `most` of `all` models name one of so many classes. */
    count: (most: number, all: number, classes: number): string => (classes > 1 ? `${most} of ${all} each` : most === all ? `all ${all} agree` : `${most} of ${all} agree`),
    doubts: {
      some: { is: 'Not quite like the training garments', so: 'take the answers with care.' },
      much: { is: 'Unlike any training garment', so: 'the answers mean little.' },
    },
    said: (label: string, ids: readonly string[]): string => `${en.models(ids)}: ${label}`,
    waiting: 'Waiting',
    loadingModel: (fraction: number): string => `Loading ${percent(fraction)}`,
    ready: 'Ready',
    failed: 'Did not load',
    retry: 'Try again',
    best: 'highest',
    shown: 'Models shown',
  },

  neighbours: {
    title: 'Nearest training garments',
    hint: 'The references closest to yours, decoded from the index; distance in the learned metric.',
    pictureless: 'Their pictures did not come; the next change to your garment asks for them again.',
    distance: (distance: number): string => distance.toPrecision(3),
    describe: (rank: number, label: string, distance: number): string => `Neighbour ${rank}: ${label}, distance ${distance.toPrecision(3)}`,
    waiting: 'They appear with your first stroke.',
  },

  metrics: {
    title: 'How good are they?',
    lede: 'Measured once on the 10,000 test images, which no model saw in training. The interval is Wilson’s, at 95%.',
    caption: 'Committed figures of each model on the test set',
    model: 'Model',
    accuracy: 'Accuracy',
    interval: '95% interval',
    precision: 'Precision',
    recall: 'Recall',
    f1: 'F1',
    macro: 'Averages over classes',
    size: 'File',
    details: (id: string): string => `Report and confusion matrix of ${en.model(id)}`,
    report: 'Classification report',
    confusion: 'Confusion matrix',
    confusionCaption: (id: string): string => `Confusion matrix of ${en.model(id)}: rows are the truth, columns the prediction, counts of images`,
    truth: 'Truth',
    predicted: 'Predicted',
    scroll: 'Table, scrolls sideways',
    figure: (share: number): string => share.toFixed(4),
    between: (low: number, high: number): string => `${low.toFixed(4)} to ${high.toFixed(4)}`,
  },

  measure: {
    title: 'Measure it here',
    lede: 'Runs all models on the real test set, in this browser, and compares with the committed figures.',
    start: 'Measure in this browser',
    cancel: 'Cancel',
    files: 'Choose the two t10k files',
    drop: 'This site has no copy of the test set. Drop the two files t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte here (.gz or unpacked).',
    unreached: 'The test set did not come. Measure again to try once more, or drop the two files t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte here (.gz or unpacked).',
    whence: 'Where they come from',
    opened: (length: number): string => `${whole(length)} test images are ready.`,
    opening: 'Reading the test set …',
    waiting: 'Waiting',
    progress: (id: string): string => `Progress of ${en.model(id)}`,
    done: (done: number, total: number): string => `${whole(done)} of ${whole(total)}`,
    speed: (perSecond: number): string => `${whole(Math.round(perSecond))} images/s`,
    same: 'Equal to the committed figure',
    differs: (difference: number): string =>
      difference === 0 ? 'The same accuracy, other confusions' : `${difference > 0 ? '+' : '−'}${Math.abs(difference * 100).toFixed(2)} points against the committed figure`,
    partial: 'Cancelled; what it has so far',
    broken: 'Ended by an error; what it has so far',
    unmeasured: 'Not measured',
    running: 'Measuring',
    model: 'Model',
    images: 'Images',
    accuracy: 'Accuracy',
    time: 'Time',
    rate: 'Speed',
    against: 'Compared',
    caption: 'Figures measured in this browser',
    announceDone: (id: string, accuracy: number): string => `${en.model(id)} measured: accuracy ${accuracy.toFixed(4)}`,
    announceCancelled: 'Measurement cancelled',
    finished: 'Measurement finished',
  },

  why: enWhy,
  embed: embedEn,
  cards: cardsEn,

  update: {
    ready: 'A new version is ready.',
    reload: 'Reload',
    /** `testSet`: whether the test images are not kept yet. */
    away: (testSet: boolean): string => `You are offline. Everything on this page goes on working${testSet ? ', but for the test images, which have not been fetched yet' : ''}.`,
    awayBut: (lacks: string): string => `You are offline. This page goes on working, but for what this browser has not kept: ${lacks}.`,
    awayUnkept: 'You are offline. What has been loaded goes on working; the rest was not kept in this browser and needs the connection.',
    kept: (testSet: boolean): string => `Kept in this browser: the page works offline, too${testSet ? '; the test images will, once they have been fetched' : ''}.`,
    keptBut: (lacks: string): string => `Not kept in this browser for use offline: ${lacks}.`,
    /** Models, and how many other files. */
    lacks: (ids: readonly string[], files: number): string =>
      list([...ids.map((id) => models[id]?.name ?? id), ...(files === 0 ? [] : [files === 1 ? 'one file of the page' : `${whole(files)} files of the page`])]),
  },

  oneFile: {
    lede: 'Draw a garment, or bring a picture, and see what it is taken for. All that it needs is in this file: no connection, no other file, and nothing leaves your device.',
    waiting: 'Unpacking … If this text stays, this browser is too old, or runs no scripts: update it, or open the file in another one.',
    /** `said`: in the browser's words. */
    damaged: (said: string): string => `This file cannot be unpacked: it is damaged, or the place where it stands allows no WebAssembly. Fetch the file anew, and open it from a folder. (${said})`,
  },
  element: {
    given: 'the given picture',
    unknownModels: (names: readonly string[], known: readonly string[]): string => `There is no model ${names.join(', ')}; expected some of ${known.join(', ')}.`,
  },

  absence: {
    away: 'This part of the page could not be fetched; check the connection.',
    damaged: 'This part of the page came damaged. Reload the page: a drawing stays, a photograph does not.',
    silent: 'This part of the page does not come. Reload the page: a drawing stays, a photograph does not.',
    reload: 'Reload the page',
  },

  errors: {
    title: 'That did not work',
    dismiss: 'Dismiss',
    notImage: (name: string): string => `${name} is no picture that this browser can read. Try a PNG, JPEG or WebP.`,
    svgForbidden: 'The server that this page comes from forbids it to draw an SVG: img-src of its content security policy has to name blob:. Choose a PNG, JPEG or WebP.',
    damaged: (name: string, format: string): string => `${name} looks like ${format}, but this browser could not read it. The file may be damaged; try another one.`,
    heic: (name: string): string => `${name} is an HEIC picture, which this browser does not read. Save it as JPEG, or open this page in Safari.`,
    tooManyBytes: (name: string, size: string, limit: string): string => `${name} has ${size}; the limit is ${limit}. Make it smaller first.`,
    tooManyPixels: (name: string, width: number, height: number, limit: string): string => `${name} has ${width}×${height} pixels; the limit is ${limit} a side. Make it smaller first.`,
    changedPixels:
      'This browser changes the pixels of pictures before the page may read them, so that nobody is recognised by them: the models do not see what you see. Allow this page to read canvas data, and choose the picture again. A drawing is not changed.',
    noImageThere: 'There was no picture in that. Drop or paste an image file.',
    testFiles: 'Expected the two files t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte (.gz or unpacked). Choose both at once.',
    language: (wanted: string, spoken: string): string => `${wanted} could not be fetched; the page stays in ${spoken}. Check the connection and choose it again, or reload the page.`,
    languageDamaged: (wanted: string, spoken: string): string => `${wanted} did not come whole; the page stays in ${spoken}. Reload the page: a drawing stays, a photograph does not.`,
    sampleNumber: (index: number, count: number): string => `there is no number ${index}; they go from 0 to ${count - 1}.`,
    noSample: (message: string): string => `The test image could not be fetched: ${message}`,
    measuring: (message: string): string => `The measurement stopped: ${message}`,
    /** The messages of the engine and of Rust are English, and most name the remedy. */
    failure: ({ code, message }: Failure): string => failures[code]?.(message) ?? message,
    looking: (message: string): string => `Your garment could not be classified: ${message}`,
  },
};

export { en as texts };
