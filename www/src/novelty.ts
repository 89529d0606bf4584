/** What a novelty score means: 1 is the index's threshold, beyond which 5% of real garments lie (src/knn/index.rs). */

/** From here on a picture is not merely off the usual, but far from every garment: twice as far as the threshold. */
const FAR = 2;

/** Whether a picture of this novelty is unlike the training garments; not as long as nothing is known of it. */
export const isUnlike = (novelty: number | undefined): boolean => novelty !== undefined && novelty > 1;

/** How far answers to a picture of this novelty are to be doubted: not, with care, wholly. */
export type Doubt = 'none' | 'some' | 'much';

export const doubtOf = (novelty: number | undefined): Doubt => (!isUnlike(novelty) ? 'none' : (novelty ?? 0) > FAR ? 'much' : 'some');
