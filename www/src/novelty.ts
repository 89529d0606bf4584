/** What a novelty score means: 1 is the index's threshold, beyond which 5% of real garments lie (src/knn/index.rs). */

/** Whether a picture of this novelty is unlike the training garments; not as long as nothing is known of it. */
export const isUnlike = (novelty: number | undefined): boolean => novelty !== undefined && novelty > 1;
