/** What a novelty score means: 1 is the index's threshold, beyond which 5% of real garments lie (src/knn/index.rs). */

/** Whether a picture of this novelty is unlike the training garments. */
export const isUnlike = (novelty: number): boolean => novelty > 1;
