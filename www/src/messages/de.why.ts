/** Die Texte der Tafeln, die eine Antwort erklären, auf Deutsch. */
import type { enWhy } from './en.why';
import { doubtOf, isUnlike } from '../novelty';
import { lists, numbers } from './formats';

const percent = (share: number): string => `${(share * 100).toFixed(share > 0 && share < 0.01 ? 1 : 0).replace('.', ',')}\u00A0%`;
const signed = (value: number, digits: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits).replace('.', ',')}`;
const fixed = (value: number, digits: number): string => value.toFixed(digits).replace('.', ',');
const whole = numbers('de', { maximumFractionDigits: 0 });
const short = numbers('de', { maximumFractionDigits: 2 });
const two = numbers('de', { minimumSignificantDigits: 2, maximumSignificantDigits: 2 });
const strength = (value: number): string => (value === 0 ? '0' : `${value < 0 ? '−' : ''}${two(Math.abs(value))}`);
const list = lists('de');

const rows = ['oben', 'in der Mitte', 'unten'] as const;
const columns = ['links', 'in der Mitte', 'rechts'] as const;
const region = (row: number, column: number): string => (row === 1 && column === 1 ? 'in der Mitte' : column === 1 ? `${rows[row] ?? ''} in der Mitte` : row === 1 ? `${columns[column] ?? ''} in der Mitte` : `${rows[row] ?? ''} ${columns[column] ?? ''}`);

const corruptions: Readonly<Record<string, string>> = {
  shift: 'Verschiebung',
  rotate: 'Drehung',
  scale: 'Größe',
  blur: 'Unschärfe',
  noise: 'Rauschen',
  contrast: 'Kontrast',
  erase: 'Gelöschtes Quadrat',
  outline: 'Umriss',
};

const units: Readonly<Record<string, string>> = {
  'pixels': 'Pixel in zufälliger Richtung',
  'degrees': 'Grad zu zufälliger Seite',
  'of the size': 'mal die Größe',
  'pixels of standard deviation': 'Pixel Standardabweichung',
  'of white as standard deviation': 'Standardabweichung, von Weiß',
  'of the contrast': 'mal der Kontrast',
  'pixels wide': 'Pixel breit',
  'of the inside removed': 'des Inneren entfernt',
};

const sliders: Readonly<Record<string, string>> = {
  shift_x: 'Verschiebung seitwärts',
  shift_y: 'Verschiebung auf und ab',
  degrees: 'Drehung',
  scale: 'Größe',
  noise: 'Rauschen',
  contrast: 'Kontrast',
  blur: 'Unschärfe',
  erase: 'Gelöschtes Quadrat',
  outline: 'Umriss',
};

const sliderValue = (name: string, value: number): string => {
  switch (name) {
    case 'shift_x':
      return value === 0 ? '0 px' : `${short(Math.abs(value))} px ${value < 0 ? 'nach links' : 'nach rechts'}`;
    case 'shift_y':
      return value === 0 ? '0 px' : `${short(Math.abs(value))} px ${value < 0 ? 'nach oben' : 'nach unten'}`;
    case 'degrees':
      return value === 0 ? '0°' : `${whole(Math.abs(value))}° nach ${value < 0 ? 'links' : 'rechts'}`;
    case 'scale':
    case 'contrast':
      return `× ${fixed(value, 2)}`;
    case 'blur':
      return `${fixed(value, 1)} px`;
    case 'erase':
      return `${whole(value)} px`;
    default:
      return percent(value);
  }
};

const unseenKinds: Readonly<Record<string, string>> = {
  'letters and digits': 'Buchstaben und Ziffern',
  'noise': 'Rauschen',
  'stripes and checks': 'Streifen und Karos',
  'one grey': 'ein einziges Grau',
  'inverted garments': 'umgekehrte Kleidungsstücke',
};

const likeness = (unlike: boolean): string => (unlike ? 'Anders als die Trainingsdaten' : 'Wie die Trainingsdaten');

export const deWhy: typeof enWhy = {
  title: 'Genauer hinsehen',
  lede: 'Warum antworten die Modelle so, gleicht Ihr Bild dem, woraus sie gelernt haben, und wie viel braucht es, um sie zu verwirren?',
  loading: 'Wird geöffnet …',
  blank: 'Zeichnen Sie etwas, oder wählen Sie ein Bild: Zu einer leeren Fläche gibt es keine Antwort, die sich erklären ließe.',
  failed: (message) => `Das ließ sich nicht berechnen: ${message}`,
  again: 'Noch einmal',
  table: 'Die Daten als Tabelle',

  fit: {
    title: 'Wohin passt es?',
    hint: 'Ihr Bild neben den Kleidungsstücken der Trainingsdaten',
    densities: 'Wie viel Helligkeit',
    densitiesHint: 'Jede Kurve zeigt, wie sich die gesamte Helligkeit über die Trainingsbilder einer Klasse verteilt; die Linie ist Ihr Bild.',
    densitiesAxis: 'Gesamte Helligkeit: Summe von 784 Pixeln zu je 0 bis 1',
    densityAxis: 'Dichte der Trainingsbilder',
    own: (total) => `Ihres: ${whole(total)}`,
    describeDensities: (total, usual) => {
      if (total === undefined) return 'Dichten der gesamten Helligkeit nach Klasse; noch gibt es kein Bild zum Vergleich.';
      const where = usual.length === 0 ? 'das ist in keiner Klasse üblich' : `das ist üblich für ${list(usual)}`;
      return `Ihr Bild hat eine gesamte Helligkeit von ${whole(total)}: ${where}.`;
    },
    usualNote: 'Üblich: in den mittleren 80\u00A0% einer Klasse. Helligkeit allein macht noch kein Kleidungsstück.',
    class: 'Klasse',
    below: 'Stücke mit weniger Helligkeit',
    share: percent,
    densitiesCaption: 'Anteil der Trainingsbilder jeder Klasse mit weniger Helligkeit als Ihr Bild',
    novelty: 'Wie weit von jedem Trainingsbild',
    noveltyHint: 'Der Abstand zum k-nächsten Trainingsbild im Maß des KNN-Index. 1 ist der Abstand, unter dem 95\u00A0% der Kleidungsstücke bleiben, die der Index nicht kannte.',
    noveltyAxis: 'Abstand als Vielfaches dieser Schwelle (logarithmisch)',
    like: 'wie sie',
    unlike: 'anders als sie',
    noveltyOwn: (novelty) => `Ihres: ${fixed(novelty, 2)}`,
    describeNovelty: (novelty) => {
      if (novelty === undefined) return 'Skala der Neuheit; noch gibt es kein Bild darauf.';
      return isUnlike(novelty)
        ? `${likeness(true)}: Die nächsten Trainingsbilder liegen weiter von Ihrem Bild entfernt als bei 95\u00A0% echter Kleidungsstücke, beim ${fixed(novelty, 2)}-Fachen dieser Schwelle. ${doubtOf(novelty) === 'much' ? 'Welche Klasse die Modelle auch nennen, sie bedeutet wenig.' : 'Ihre Antworten sind mit Vorsicht zu genießen; Graustufen und eine gefüllte Form bringen eine Zeichnung näher.'}`
        : `${likeness(false)}: Die nächsten Trainingsbilder liegen so nah an Ihrem Bild wie bei 95\u00A0% echter Kleidungsstücke, beim ${fixed(novelty, 2)}-Fachen dieser Schwelle.`;
    },
    noveltyUnknown: 'Dazu braucht es den KNN-Index, der noch nicht geantwortet hat.',
    noveltyCaption: 'Wie das Maß Kleidungsstücke von anderen Bildern trennt',
    noveltyKind: 'Bilder',
    noveltyAbove: 'Anteil über 1',
    garments: 'Testbilder (falscher Alarm)',
    kind: (name) => unseenKinds[name] ?? name,
  },

  occlusion: {
    title: 'Warum diese Antwort?',
    hint: 'Was, wenn ein Stück fehlte?',
    explain: 'Ein Stück leeren Grundes von 6 mal 6 Pixeln wird über jede Stelle Ihres Bildes gelegt und jedes Modell noch einmal gefragt. Was es dabei verliert, zeigt, wohin es gesehen hat.',
    target: 'Belege für',
    ownAnswer: 'die eigene Antwort jedes Modells',
    measure: 'Gemessen in',
    probability: 'Wahrscheinlichkeit',
    odds: 'logarithmierten Chancen (Bit)',
    stop: 'Anhalten',
    resume: 'Weiter',
    progress: (model) => `Fortschritt von ${model}`,
    waiting: 'Wartet',
    stopped: 'Angehalten',
    toward: 'Spricht dafür: ohne dies unwahrscheinlicher',
    against: 'Spricht dagegen: ohne dies wahrscheinlicher',
    map: (model, label) => `Verdeckungskarte von ${model} für ${label}`,
    place: { row: 'Zeile des Stücks', column: 'Spalte des Stücks' },
    keys: 'Zeigen Sie auf eine Karte, oder erreichen Sie sie mit Tab und den Pfeiltasten, um zu lesen, was jedes Stück wert ist.',
    whole: (label, share) => `${label} ${percent(share)}`,
    full: (change, odds) => (odds ? `Volle Farbe: ${fixed(change, 1)} Bit` : `Volle Farbe: ${fixed(change * 100, change < 0.1 ? 1 : 0)} Punkte`),
    cell: (row, column, label, before, after, bits) =>
      `Stück in Zeile ${row}, Spalte ${column}: ${label} ${percent(before)} → ${percent(after)}${bits === undefined ? '' : ` (${signed(bits, 1)} Bit)`}`,
    unknown: (row, column) => `Stück in Zeile ${row}, Spalte ${column}: noch nicht berechnet`,
    region: (row, column) => `Belege vor allem ${region(row, column)}`,
    row: (row) => `Belege vor allem ${row === 1 ? 'in der Mitte' : `im Drittel ${rows[row] ?? ''}`}`,
    column: (column) => `Belege vor allem ${column === 1 ? 'längs der Mitte' : (columns[column] ?? '')}`,
    spread: 'Belege über das ganze Stück verteilt',
    none: 'Kein einzelnes Stück spricht dafür',
    falls: (share, odds) => `; am tiefsten fällt es auf ${odds === undefined ? percent(share) : `${percent(share)} (${signed(odds, 1)} Bit)`}`,
    rises: (row, column, share) => `. Ohne das Stück ${region(row, column)} stiege es auf ${percent(share)}`,
    caption: (odds) => `Mittlerer Verlust ohne ein Stück in jedem Neuntel des Bildes, in ${odds ? 'Bit der logarithmierten Chancen' : 'Punkten der Wahrscheinlichkeit'}; negativ, wo die Klasse gewinnt`,
    model: 'Modell',
    about: 'Klasse',
    ninth: (row, column) => {
      const name = region(row, column);
      return name.charAt(0).toUpperCase() + name.slice(1);
    },
    change: (value, odds) => signed(odds ? value : value * 100, odds ? 2 : 1),
    done: (summaries) => `Die Verdeckungskarten sind vollständig. ${summaries.join(' ')}`,
  },

  layers: {
    title: 'Was die ersten Faltungen sehen',
    model: 'Netz',
    scale: 'Weiß ist die stärkste Antwort',
    scales: { own: 'jeder Karte', common: 'der ganzen Schicht' },
    filters: 'Filter der ersten Faltung',
    filtersHint: (count, width, height) => `${count} Filter von ${width}×${height} Gewichten: Grau ist null, Weiß positiv, Schwarz negativ. Jeder macht die Karte mit derselben Nummer.`,
    maps: (rank) => `Karten der ${['ersten', 'zweiten'][rank] ?? `${rank + 1}.`} Faltung`,
    mapsHint: (count, width, height) => `${count} Karten von ${width}×${height}, nach der Aktivierung: Wo es hell ist, wurde etwas gefunden.`,
    describeFilters: (count, width, height) => `${count} Filter von ${width} mal ${height} Gewichten`,
    describeMaps: (name, count) => `${count} Merkmalskarten von ${name}`,
    number: 'Groß gezeigt: Nummer',
    one: (number) => `Nummer ${number}`,
    tile: (number, count, own, most) => `Nummer ${number} von ${count}: höchstens ${strength(own)}, die stärkste von allen ${strength(most)}`,
    value: (value) => strength(value),
    reach: (own, most, signed) => (signed ? '' : own === 0 ? 'In diesem Bild hat sie nichts gefunden.' : own === most ? 'Die stärkste der Schicht.' : `Höchstens ${strength(own)}; die stärkste der Schicht: ${strength(most)}.`),
    none: 'Noch ist kein Netz mit Faltungen geladen.',
  },

  break: {
    title: 'Machen Sie es kaputt',
    hint: 'Wie viel braucht es, bis sie ihre Meinung ändern?',
    sliders: 'Änderungen an Ihrem Bild',
    slider: (name) => sliders[name] ?? name,
    value: sliderValue,
    reset: 'Zurücksetzen',
    reseed: 'Anderes Rauschen',
    before: 'Wie es war',
    after: 'Verändert',
    picture: 'Ihr Kleidungsstück in 28 mal 28 Pixeln mit diesen Änderungen',
    answers: 'Was sie jetzt sagen',
    answersCaption: 'Die Antwort jedes Modells auf das Bild, wie es war, und auf das veränderte, und ob beide den Trainingsdaten ähneln',
    model: 'Modell',
    was: 'Wie es war',
    now: 'Verändert',
    kept: 'unverändert',
    changed: 'andere Antwort',
    answer: (label, share) => `${label} ${percent(share)}`,
    curves: 'Was solche Änderungen auf den Testbildern kosten',
    curvesHint: (images) => `Genauigkeit jedes Modells auf ${whole(images)} immer stärker veränderten Testbildern; die senkrechte Linie zeigt, wo Ihre Regler stehen, ein Pfeil weist auf das, was nicht gemessen wurde.`,
    missing: 'Die hinterlegten Zahlen dieser Fassung enthalten keine Genauigkeiten auf veränderten Bildern; darum gibt es keine Kurven zu zeigen.',
    corruption: (name) => corruptions[name] ?? name,
    unit: (unit) => units[unit] ?? unit,
    accuracy: 'Genauigkeit',
    describeCurve: (name, clean, worst) => `${corruptions[name] ?? name}. Unverändert: ${clean}. Am stärksten: ${worst}.`,
    of: (model, accuracy) => `${model} ${percent(accuracy)}`,
    curvesCaption: 'Genauigkeit auf veränderten Testbildern',
    amount: 'Stärke',
    none: 'keine',
    unmeasured: (amount) => `Ihr Wert, ${amount}, wurde nicht gemessen`,
    figure: (accuracy) => fixed(accuracy, 3),
    number: (value) => short(value),
    noveltyName: 'Neuheit',
    likeness,
    novelty: (novelty) => `${fixed(novelty, 2)}-fache Schwelle`,
    announceNovelty: (unlike) => `Jetzt ${unlike ? 'anders als' : 'wie'} die Trainingsdaten`,
    announce: (model, label) => `${model} sagt jetzt ${label}`,
    restored: 'Alle Änderungen zurückgenommen',
  },
};
