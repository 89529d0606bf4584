/** Texts of what one says of a photograph, in German. */
import type { regionEn } from './en.region';

/** The ways to prepare a picture, to choose from. */
export const recipes: Readonly<Record<string, string>> = {
  auto: 'Automatisch',
  photograph: 'Als Fotografie',
  'light-on-dark': 'Als Helles auf Dunklem',
  sketch: 'Als Zeichnung',
  exact: 'Genau so (nur 28×28)',
};

/** How a picture was prepared. */
export const chosen: Readonly<Record<string, string>> = {
  photograph: 'als Fotografie vorbereitet',
  'light-on-dark': 'als Helles auf Dunklem vorbereitet',
  sketch: 'als Zeichnung vorbereitet',
  exact: 'Pixel für Pixel übernommen',
};

export const regionDe: typeof regionEn = {
  ground: 'Auf den Grund tippen',
  frame: 'Rahmen setzen',
  aim: 'Eine Stelle im Bild: Pfeiltasten bewegen sie, die Eingabetaste sagt, dass dort der Grund ist, Escape bricht ab',
  aimHint: 'Tippen Sie im Bild auf den Grund. Mit Tasten: Pfeile bewegen den Ring, die Eingabetaste wählt die Stelle, Escape bricht ab.',
  frameHint: 'Was außerhalb des Rahmens liegt, zählt nicht. Ziehen Sie ihn oder seine Kanten; mit Tasten: Pfeile bewegen ihn, mit der Umschalttaste ändern sie seine Größe, Escape nimmt ihn weg.',
  box: ([left, top, width, height]) => `Rahmen: ${left / 10} % von links, ${top / 10} % von oben, ${width / 10} % breit, ${height / 10} % hoch`,
  whole: 'Das ganze Bild zählt',
  tapped: 'Der Grund ist, wo Sie getippt haben',
  forgotten: 'Der Grund wird wieder von selbst gefunden',
};
