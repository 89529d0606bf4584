/** What class and confidence alone tell of a model's calibration. Its curves need every probability. Pure. */
import type { Calibration, Replies } from '../../shapes.notebook';

/** As src/metrics/calibration.rs has them. */
const BINS = 15;
/** In per cent, as the worker counts them. */
const THRESHOLDS = 101;

export function calibrationOf({ truth, predicted, confidence }: Replies): Calibration {
  const images = truth.length;
  const right = Array.from(truth, (label, at) => (predicted[at] === label ? 1 : 0));
  const sums = Array.from({ length: BINS }, () => ({ images: 0, confidence: 0, right: 0 }));
  // Single precision may put an edge of a bin a hair above it: bins are open below and closed above.
  const binOf = (share: number): number => Math.min(BINS - 1, Math.max(0, Math.ceil(share * BINS - 1e-5) - 1));
  confidence.forEach((share, at) => {
    const bin = sums[binOf(share)];
    if (!bin) return;
    bin.images += 1;
    bin.confidence += share;
    bin.right += right[at] ?? 0;
  });
  return {
    images,
    bins: sums.map((bin, at) => ({ low: at / BINS, high: (at + 1) / BINS, images: bin.images, confidence: bin.confidence / bin.images, accuracy: bin.right / bin.images })),
    error: sums.reduce((error, bin) => error + Math.abs(bin.right - bin.confidence), 0) / images,
    logLoss: undefined,
    topTwo: undefined,
    answered: answered(right, confidence),
    classes: [],
  };
}

/** How many images each threshold leaves, and how many of these are right. */
function answered(right: readonly number[], confidence: Replies['confidence']): Calibration['answered'] {
  const thresholds = Array.from({ length: THRESHOLDS }, (_, percent) => ({ threshold: percent / 100, least: Math.fround(percent / 100), images: 0, right: 0 }));
  // Each image at the highest threshold that it reaches; then what reaches a higher one reaches the lower ones too.
  confidence.forEach((share, at) => {
    let percent = Math.min(THRESHOLDS - 1, Math.ceil(100 * share));
    while (share < (thresholds[percent]?.least ?? 0)) percent -= 1;
    const highest = thresholds[percent];
    if (!highest) return;
    highest.images += 1;
    highest.right += right[at] ?? 0;
  });
  for (let percent = THRESHOLDS - 2; percent >= 0; percent--) {
    const [lower, higher] = [thresholds[percent], thresholds[percent + 1]];
    if (!lower || !higher) continue;
    lower.images += higher.images;
    lower.right += higher.right;
  }
  return thresholds.map(({ threshold, images, right }) => ({ threshold, images, right }));
}
