/** Texts of the cards that say what a model is, in German. */
import type { cardsEn } from './en.cards';
import { numbers } from './formats';

const short = numbers('de', { maximumSignificantDigits: 2 });
const whole = numbers('de');

const kinds: Readonly<Record<string, string>> = {
  mlp: 'Reihen von Zahlen: Jedes Pixel zählt für jede Zahl der ersten Reihe, jede Reihe für die nächste, und die letzte hat für jede Klasse eine Zahl. Was neben was liegt, weiß es nicht.',
  cnn: 'Kleine Filter gleiten über das Bild und finden Kanten, dann Ecken und Muster, dann Teile von Kleidungsstücken, wo immer sie liegen. Ein paar Reihen von Zahlen machen daraus eine Klasse.',
  'cnn-slim': 'Auch ein Faltungsnetz, mit weniger Filtern und mit Abkürzungen: Spätere Schichten ergänzen nur, was frühere gefunden haben. Es kommt mit einem Bruchteil der Rechenarbeit aus.',
  knn: 'Es sucht die Kleidungsstücke aus dem Training, die Ihrem Bild am ähnlichsten sind, und lässt sie abstimmen. Gelernt hat es nur einen kurzen Code, in dem Stücke derselben Klasse nah beieinanderliegen.',
};

export const cardsDe: typeof cardsEn = {
  what: (model) => `${model}: Was ist das?`,
  kinds,
  parameters: 'Parameter',
  time: 'Zeit je Bild',
  measuring: 'Wird gerade gemessen …',
  measured: (milliseconds) => `${short(milliseconds)} ms, eben in diesem Browser gemessen`,
  accuracy: (accuracy, interval) => `${accuracy} auf den Testbildern (95\u00A0%: ${interval})`,
  maps: (count, side) => `${whole(count)} zu ${side}×${side}`,
  way: (sizes) => `Von den Pixeln zu den Klassen: ${sizes.join(' → ')}`,
  search: (features, code, neighbours, references) =>
    `Ihr Bild: ${whole(features)} Merkmale, ein Code aus ${whole(code)} Zahlen und die ${whole(neighbours)} nächsten von ${whole(references)} Kleidungsstücken, die abstimmen.`,
  alone: 'niemand: nur die Etiketten',
  memory: 'Sein Code wurde in einem Zug gelernt; die Trainingsbilder selbst sind sein Gedächtnis.',
  inside: 'Seine Schichten, und wie es gelernt hat',
};
