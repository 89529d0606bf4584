/** Every element of the page that does not come later, under its name. */
import { elements as components } from '../components';
import type { Elements } from '../register';
import { VitrineApp } from './app';
import { CardSlot } from './card/slot';
import { sections } from './sections';

/** The page itself last: what stands in it is there by then. */
export const elements: readonly Elements[] = [components, ...sections.flatMap(({ elements: own }) => own ?? []), { 'vitrine-card-slot': CardSlot }, { 'vitrine-app': VitrineApp }];

declare global {
  interface HTMLElementTagNameMap {
    'vitrine-app': VitrineApp;
  }
}
