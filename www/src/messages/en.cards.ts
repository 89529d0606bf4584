/** Texts of the cards that say what a model is, in English. */
import { numbers } from './formats';

const short = numbers('en', { maximumSignificantDigits: 2 });
const whole = numbers('en');

/** By role, what a model of this kind does. */
const kinds: Readonly<Record<string, string>> = {
  mlp: 'Rows of numbers: every pixel counts towards every number of the first row, each row towards the next, and the last one has a number for each class. It knows nothing of what lies beside what.',
  cnn: 'Small filters slide over the picture and find edges, then corners and patterns, then parts of garments, wherever they lie. A few rows of numbers make a class of that.',
  'cnn-slim': 'A convolutional network, too, with fewer filters, and with shortcuts, so that later layers only add to what earlier ones found. It gets by on a fraction of the arithmetic.',
  knn: 'It looks up the garments from training that are most like your picture, and these vote. All that it has learned is a short code in which garments of a class lie close together.',
};

export const cardsEn = {
  what: (model: string): string => `${model}: what is that?`,
  kinds,
  parameters: 'Parameters',
  time: 'Time an image',
  measuring: 'Measured just now …',
  measured: (milliseconds: number): string => `${short(milliseconds)} ms, measured just now in this browser`,
  accuracy: (accuracy: string, interval: string): string => `${accuracy} on the test images (95%: ${interval})`,
  maps: (count: number, side: number): string => `${whole(count)} of ${side}×${side}`,
  way: (sizes: readonly string[]): string => `From pixels to classes: ${sizes.join(' → ')}`,
  search: (features: number, code: number, neighbours: number, references: number): string =>
    `Your picture: ${whole(features)} features, a code of ${whole(code)} numbers, and the ${whole(neighbours)} nearest of ${whole(references)} garments, which vote.`,
  alone: 'nobody: labels alone',
  memory: 'Its code was learned in one go, and the training images themselves are its memory.',
  inside: 'Its layers, and how it learned',
};
