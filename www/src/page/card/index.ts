/** What a model's card is made of. */
import { ModelCard } from '../../components/card/model-card';
import type { Elements } from '../../register';

export { figuresOf, madeOf } from './facts';
export { millisecondsAnImage, plain } from './timing';

export const elements = { 'vitrine-model-card': ModelCard } satisfies Elements;

declare global {
  interface HTMLElementTagNameMap {
    'vitrine-model-card': ModelCard;
  }
}
