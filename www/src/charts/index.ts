/** Every chart by name: data in, picture out. Loaded when the first one comes into view. */
export { boxPlots, classCounts, densities } from './data-set';
export { accuracies, course } from './models';
export { classLines, confidences, coverage, reliability } from './trust';
export type { ClassLines } from './trust';
