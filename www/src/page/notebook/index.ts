/** The notebook, and its element with all that stands in it under their names. */
import { elements as components } from '../../components/notebook';
import type { Elements } from '../../register';
import { VitrineNotebook } from './notebook';

export { Notebook } from './controller';

export const elements = { ...components, 'vitrine-notebook': VitrineNotebook } satisfies Elements;

declare global {
  interface HTMLElementTagNameMap {
    'vitrine-notebook': VitrineNotebook;
  }
}
