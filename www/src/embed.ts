/** The entry of embed.html: the lab alone, for a frame in another page. */
import { artefacts } from './artefacts/embed';
import { elements as components } from './components';
import { VitrineEmbed } from './embed/app';
import { CardSlot } from './page/card/slot';
import { begin } from './page/language';
import { sections } from './page/sections';
import { register } from './register';

VitrineEmbed.artefacts = artefacts;
const define = (): void => {
  register(components);
  for (const { elements } of sections) if (elements) register(elements);
  register({ 'vitrine-card-slot': CardSlot });
  register({ 'vitrine-embed': VitrineEmbed });
};

const loading = begin();
if (loading) void loading.then(define);
else define();
