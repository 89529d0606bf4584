/** The notebook under its name, with all that stands in it. */
import { elements as components } from '../../components/notebook';
import type { Elements } from '../../register';
import { VitrineNotebook } from './notebook';

export const elements = { ...components, 'vitrine-notebook': VitrineNotebook } satisfies Elements;

declare global {
  interface HTMLElementTagNameMap {
    'vitrine-notebook': VitrineNotebook;
  }
}
