/** The texts of the notebook, in German. */
import type { Badge, Bin, Selection } from '../shapes.notebook';
import type { notebookEn } from './en.notebook';
import { lists, numbers } from './formats';

const decimals: ((value: number) => string)[] = [];
const number = (value: number, digits: number): string =>
  (decimals[digits] ??= numbers('de', { minimumFractionDigits: digits, maximumFractionDigits: digits }))(value);
const percent = (share: number, digits = 1): string => `${number(share * 100, digits)}\u00A0%`;
const tiny = numbers('de', { notation: 'scientific', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const whole = numbers('de');
const list = lists('de');
const images = (count: number): string => (count === 1 ? '1 Bild' : `${whole(count)} Bilder`);

const operators: Readonly<Record<string, string>> = {
  Conv: 'Faltung',
  Gemm: 'Dicht verbunden',
  MatMul: 'Dicht verbunden',
  MaxPool: 'Maximum je Block',
  GlobalAveragePool: 'Mittel je Karte',
  Flatten: 'Ausrollen',
  Add: 'Summe',
  Features: 'Merkmale',
  Encoder: 'Gelernter Code',
  Search: 'Nächste Vergleichsbilder',
  Vote: 'Abstimmung',
};

const activations: Readonly<Record<string, string>> = { Relu: 'ReLU', Softmax: 'Softmax', Sigmoid: 'Sigmoid', Tanh: 'tanh' };

const shares: Readonly<Record<Selection['share'], string>> = { row: 'Der wahren Klasse (Zeile)', column: 'Der Antwort (Spalte)', all: 'Aller Bilder' };
const ofWhat: Readonly<Record<Selection['share'], string>> = { row: 'der Zeile', column: 'der Spalte', all: 'aller Bilder' };
const badges: Readonly<Record<Badge, string>> = { duplicate: 'Auch im Training', doubted: 'Etikett zweifelhaft' };
const why: Readonly<Record<Badge, string>> = {
  duplicate: 'Dasselbe Bild steht, Pixel für Pixel, auch unter den Trainingsbildern.',
  doubted: 'Alle Modelle nennen dieselbe andere Klasse und sind sich zu mindestens 90\u00A0% sicher.',
};

export const notebookDe: typeof notebookEn = {
  title: 'Das Notizbuch',
  waiting: 'Das Notizbuch ist unterwegs.',

  chart: {
    table: 'Daten als Tabelle',
    tableOf: (heading) => `${heading}: die Daten, scrollbar`,
  },

  data: {
    title: 'Der Datensatz',
    lede: (train) =>
      `Woraus die Modelle gelernt haben: ${whole(train)} graue Bilder von 28×28 Pixeln in zehn Klassen. Was sich zwei Klassen hier teilen, werden die Modelle unten verwechseln.`,
  },
  counts: {
    title: 'Bilder je Klasse',
    axis: 'Trainingsbilder',
    class: 'Klasse',
    count: 'Bilder',
    says: (least, most) => (least === most ? `Jede der zehn Klassen hat ${images(least)}.` : `Die Klassen haben zwischen ${whole(least)} und ${images(most)}.`),
  },
  samples: {
    title: 'Wie sie aussehen',
    test: 'Die ersten Bilder jeder Klasse im Testdatensatz.',
    index: 'Trainingsbilder, wie der Index sich an sie erinnert: Diese Seite hat keine Kopie des Datensatzes.',
    waiting: 'Sie erscheinen, sobald der Index geladen ist.',
    image: (name, rank) => `${name}, Beispiel ${rank}`,
    failed: (message) => `Die Beispiele konnten nicht gezeigt werden: ${message}`,
  },
  density: {
    title: 'Gesamthelligkeit je Klasse',
    note: 'Wie hell ein Kleidungsstück insgesamt ist. Die Höhe einer Zeile ist die Dichte ihrer Klasse, alle Zeilen im selben Maßstab.',
    axis: 'Summe der 784 Pixel, jedes von 0 bis 1',
    head: 'Summe der Pixel',
    figure: (density) => tiny(density),
    says: (peaks) => `Dichten je Einheit der Summe. Die Gipfel: ${peaks.map(([name, at]) => `${name} bei ${Math.round(at)}`).join(', ')}.`,
  },
  box: {
    title: 'Mittlere Helligkeit je Klasse',
    note: 'Kasten: die mittlere Hälfte der Bilder mit dem Median; die Antennen reichen höchstens 1,5 Kästen weiter.',
    axis: 'Mittel der Pixel, 0 leer bis 1 voll',
    heads: ['Klasse', 'Untere Antenne', 'Unteres Quartil', 'Median', 'Oberes Quartil', 'Obere Antenne', 'Jenseits der Antennen'],
    says: (low, lowAt, high, highAt) => `Den kleinsten Median hat ${low} mit ${number(lowAt, 3)}, den größten ${high} mit ${number(highAt, 3)}.`,
  },
  oddities: {
    title: 'Merkwürdigkeiten der Daten',
    duplicates: (within, across) =>
      `Bilder, die Pixel für Pixel gleich sind: ${within === 0 ? 'keine Gruppe' : whole(within)} innerhalb der Trainingsdaten, ${across === 0 ? 'keines' : whole(across)} in Trainings- und Testdaten zugleich.`,
    suspects: (count) => (count === 0 ? 'Kein Trainingsetikett steht auf der Liste der verdächtigen.' : `${whole(count)} Trainingsetiketten, denen die Nachbarn der Bilder am wenigsten trauen:`),
    caption: 'Verdächtige Etiketten von Trainingsbildern',
    image: (index, label) => `Trainingsbild ${whole(index)}, Etikett ${label}`,
    failed: (problem) => `Die Bilder konnten nicht gezeigt werden. ${problem}`,
    heads: ['Trainingsbild', 'Wie der Index sich daran erinnert', 'Etikett', 'Die Nachbarn sagen', 'Davon stimmen dem Etikett zu', 'Davon sagen das'],
  },

  models: {
    title: 'Im Inneren der Modelle',
    lede: 'Jede Zeichnung ist aus der Datei gelesen, die auf dieser Seite klassifiziert; die Kurven sind die ihres Trainings.',
    summary: (name, accuracy) => [name, accuracy].filter((part) => part !== '').join(' · '),
    accuracy: (share) => `Testgenauigkeit ${number(share, 4)}`,
    parameters: (count) => `Insgesamt ${whole(count)} Parameter`,
    stored: (count) => `${whole(count)} gespeicherte Zahlen`,
    reading: 'Die Datei wird gelesen …',
    failed: (message) => `Die Datei konnte nicht gezeichnet werden: ${message}`,
    facts: 'Wie es entstand',
    file: 'Datei',
    time: 'Dauer des Trainings',
    epochs: 'Epochen',
    images: 'Bilder',
    trainedOn: (train, validation) => `${whole(train)} zum Lernen, ${whole(validation)} zum Prüfen`,
    validation: 'Beste Genauigkeit beim Prüfen',
    machine: 'Rechner',
    seed: 'Startwert',
    provenance: 'Befehl des letzten Laufs',
    runs: (epochs, all) => `${epochs.map((count) => whole(count)).join(' + ')} = ${whole(all)}`,
    taughtBy: 'Lehrer',
    earlier: (name) => `eine frühere Fassung von „${name}“, die nicht auf dieser Seite ist`,
    taught: (names, parts) => `${list(names)}; ${parts.map((share) => percent(share, 0)).join(', dann ')} jedes Ziels`,
    duration: (seconds) => {
      const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.round(seconds % 60)];
      return hours > 0 ? `${hours} h ${minutes} min` : minutes > 0 ? `${minutes} min ${rest} s` : `${rest} s`;
    },
    noHistory: 'Es hat keine Epochen: Sein Code wurde in einem Lauf des obigen Befehls gelernt, und die Trainingsbilder selbst sind sein Gedächtnis.',
  },
  diagram: {
    title: 'Aufbau',
    input: 'Bild',
    output: 'Zehn Klassen',
    unknown: 'Form unbekannt',
    operator: (name) => operators[name] ?? name,
    activation: (name) => activations[name] ?? name,
    parameters: (count) => `${whole(count)} Parameter`,
    stored: (count) => `${whole(count)} gespeicherte Zahlen`,
    detail: (detail) => {
      switch (detail.kind) {
        case 'window':
          return [detail.kernel.join('×'), detail.stride > 1 ? `Schritt ${detail.stride}` : ''].filter((part) => part !== '').join(', ');
        case 'features':
          return `√pixel (${whole(detail.roots)}), Histogramme der Gradienten (${whole(detail.gradients)})`;
        case 'encoder':
          return `linear, dazu ${whole(detail.hidden)} verdeckte Einheiten`;
        case 'search':
          return `${whole(detail.references)} Vergleichsbilder`;
        case 'vote':
          return `${whole(detail.neighbours)} nächste`;
      }
    },
    sum: (sources) => `aus ${list(sources)}`,
  },
  course: {
    loss: 'Verlust, Nats je Bild',
    accuracy: 'Genauigkeit',
    epoch: 'Epoche',
    training: 'Training',
    validation: 'Prüfung',
    lossTitle: (name) => `${name}: Verlust je Epoche`,
    accuracyTitle: (name) => `${name}: Genauigkeit je Epoche`,
    lossNote: 'Im Training zählen geglättete Etiketten und veränderte Bilder; darum kann der Verlust dort über dem der Prüfung liegen.',
    accuracyNote: 'Im Training zählen veränderte Bilder während des Lernens, in der Prüfung die gemittelten Gewichte.',
    says: (what, epochs, training, validation) =>
      `${what} über ${epochs} Epochen, am Ende ${number(training, 3)} im Training${validation === undefined ? '' : ` und ${number(validation, 3)} in der Prüfung`}.`,
  },
  compared: {
    title: 'Die Modelle im Vergleich',
    lede: 'Alle haben dieselben Testbilder beantwortet; so lassen sich zwei Modelle dort vergleichen, wo genau eines recht hat.',
    chart: 'Testgenauigkeit mit 95-%-Intervallen',
    note: 'Wilsons Intervall. Überlappen sich zwei, so heißt das nicht, dass die Modelle gleich gut sind; das sagt die Tabelle der Paare.',
    axis: 'Genauigkeit auf den Testbildern',
    heads: ['Modell', 'Genauigkeit', 'Von', 'Bis'],
    says: (best, accuracy) => `Die höchste Genauigkeit hat ${best} mit ${number(accuracy, 4)}.`,
    pairs: 'Paar für Paar',
    caption: 'McNemars exakter Test für jedes Paar von Modellen',
    pairHeads: ['Paar', 'Nur das erste hat recht', 'Nur das zweite hat recht', 'p', 'Urteil'],
    pair: (first, second) => `${first} und ${second}`,
    p: (value) => (value < 0.0001 ? '< 0,0001' : number(value, 4)),
    better: (name) => `${name} ist besser`,
    open: 'Kann Zufall sein',
    test: (pairs) => `McNemars exakter Test, zweiseitig; ein Urteil verlangt ein p unter 0,05 geteilt durch die ${pairs} Paare (Bonferroni).`,
    exact: (k, accuracy, agreement) =>
      `Der Index steht für eine genaue Suche unter den Pixeln aller Trainingsbilder: Diese hat mit ${k} Nachbarn eine Genauigkeit von ${number(accuracy, 4)} und gibt für ${percent(agreement)} der Testbilder dieselbe Antwort.`,
  },

  explorer: {
    title: 'Wo sie sich irren',
    lede: 'Jede Zelle zählt die Testbilder einer Klasse, die für eine andere gehalten wurden. Wer eine Zelle öffnet, sieht sie.',
    model: 'Modell',
    beside: 'Daneben',
    nobody: 'keines',
    whole: 'Prozent',
    shares,
    percent: (share) => (share < 0.001 ? '<0,1\u00A0%' : share >= 0.9995 ? '100\u00A0%' : percent(share)),
    hint: 'Die Pfeiltasten führen durch die Zellen, die Eingabetaste öffnet eine.',
    upperLower: (first, second) => `Obere Zahlen: ${first}. Untere Zahlen: ${second}. Die Pfeiltasten führen durch die Zellen, die Eingabetaste öffnet eine.`,
    caption: (models) => `Konfusionsmatrix von ${models}: Zeilen sind die Wahrheit, Spalten die Antwort`,
    cell: (truth, predicted) => (truth === predicted ? `${truth} erkannt` : `${truth} für ${predicted} gehalten`),
    ofWhat,
    measureFirst: (names) => `Die Bilder erscheinen, sobald ${list(names)} in diesem Browser gemessen ${names.length === 1 ? 'ist' : 'sind'}; die Zahlen sind die mitgelieferten.`,
    needsFiles: 'Dafür braucht es die zwei Dateien des Testdatensatzes.',
    handIn: 'Unter „Hier nachmessen“ übergeben',
    measuring: (name, done, total) => (total === 0 ? `${name} ist als Nächstes dran.` : `${name} wird gemessen: ${whole(done)} von ${whole(total)}`),
    waitsFor: (names, running, done, total) => `${list(names)} ${names.length === 1 ? 'wartet' : 'warten'} auf ${running}: ${whole(done)} von ${whole(total)}`,
    next: 'Als Nächstes messen',
    committed: 'Mitgelieferte Zahlen',
    measured: 'In diesem Browser gemessen',
    told: (count) => `Die ${whole(count)} mitgelieferten Antworten; Nachmessen belegt sie.`,
    untold: (message) => `Die mitgelieferten Antworten kamen nicht an: ${message}`,
    verified: (count, differing) => (differing === 0 ? `alle ${whole(count)} Antworten sind die mitgelieferten` : `${whole(differing)} von ${whole(count)} Antworten sind nicht die mitgelieferten`),
    pick: 'Wählen Sie eine Zelle oder eine Gruppe von Bildern: Sie erscheinen hier.',
  },
  sets: {
    title: 'Oder die Bilder, bei denen sich die Modelle unterscheiden:',
    apart: 'Sie sind sich uneins',
    wrong: 'Alle irren',
    only: (name) => `Nur ${name} hat recht`,
  },
  walk: {
    previous: 'Voriges',
    next: 'Nächstes',
    place: (at, count) => `${whole(at)} von ${whole(count)}`,
    back: 'Zurück zu den Bildern',
  },
  cell: {
    title: (truth, predicted) => (truth === predicted ? `${truth}, erkannt` : `${truth}, für ${predicted} gehalten`),
    order: 'Reihenfolge',
    falling: 'Die sichersten zuerst',
    rising: 'Die unsichersten zuerst',
    groups: (of, first, second) => ({ one: first, both: `${first} und ${second}`, first: `Nur ${first}`, second: `Nur ${second}` })[of],
    none: 'Keine.',
    more: (count) => `${whole(count)} weitere zeigen`,
    image: (index) => `Testbild ${index} im Klassifikator öffnen, Sicherheit`,
    badges,
    why,
    failed: (message) => `Die Bilder konnten nicht gezeigt werden: ${message}`,
  },
  report: {
    title: (name) => `Klassifikationsbericht von ${name}`,
    of: (name) => `Klassifikationsbericht von ${name}, seitlich scrollbar`,
    note: 'Der Text von scikit-learns classification_report, Zeichen für Zeichen.',
    copy: 'Text kopieren',
    copied: 'Kopiert',
    select: 'Ausgewählt: Mit Strg+C oder ⌘C kopieren.',
    download: (name) => `${name} sichern`,
    sheet: 'tabelle',
    cells: { separator: ';', decimal: ',' },
  },

  trust: {
    title: 'Kann man den Prozenten trauen?',
    lede: 'Wenn ein Modell 80\u00A0% sagt, hat es dann in 8 von 10 Fällen recht? Seine Antworten auf die Testbilder zeigen es.',
    model: 'Modell',
    error: 'Erwarteter Kalibrierungsfehler',
    logLoss: 'Log-Verlust, Nats',
    topTwo: 'Wahrheit unter den ersten zwei',
    temperature: 'Temperatur',
    infinite: 'keiner: Eine Stimmenzahl kann 0 sein',
    unmeasured: 'erst messen',
    measureFirst: (name) => `Die Diagramme erscheinen, sobald ${name} in diesem Browser gemessen ist.`,
    failed: (message) => `Die Diagramme konnten nicht berechnet werden: ${message}`,
    on: (count) => `Auf ${count === 1 ? 'einem Bild' : `${whole(count)} Bildern`}, in diesem Browser gemessen.`,
    told: (count) => `Auf ${count === 1 ? 'einem Bild' : `${whole(count)} Bildern`}, nach den mitgelieferten Antworten.`,
    measureMore: (name) => `Die Kurven einer Klasse brauchen jede Wahrscheinlichkeit: Sie erscheinen, sobald ${name} in diesem Browser gemessen ist.`,
    committed: 'Die mitgelieferten Zahlen, auf den Testdaten.',
    reliability: 'Verlässlichkeit',
    reliabilityNote: 'Genauigkeit der Antworten nach ihrer Sicherheit. Auf der gestrichelten Linie hält die Sicherheit, was sie verspricht; darunter ist sie zu groß.',
    reliabilitySays: (bins: readonly Bin[]) =>
      `Sicherheit und Genauigkeit je Abschnitt: ${bins.filter(({ images: count }) => count > 0).map(({ confidence, accuracy }) => `${percent(confidence, 0)} und ${percent(accuracy, 0)}`).join(', ')}.`,
    histogram: 'Wie sicher es sich ist',
    histogramNote: 'Testbilder nach der Sicherheit der Antwort.',
    histogramSays: (bins: readonly Bin[], total) => {
      const last = bins.at(-1);
      return last ? `${percent(last.images / total, 0)} der Bilder liegen im letzten Abschnitt, über ${percent(last.low, 0)}.` : '';
    },
    bin: 'Sicherheit',
    confidence: 'Sicherheit',
    meanConfidence: 'Mittlere Sicherheit',
    accuracy: 'Genauigkeit',
    images: 'Bilder',
    selectiveTitle: 'Schweigen, wo es unsicher ist',
    selectiveNote: 'Geantwortet wird erst ab dieser Sicherheit: wie viele Bilder dann eine Antwort bekommen und wie viele davon eine richtige.',
    threshold: 'Mindestsicherheit',
    coverage: 'Abdeckung',
    selective: 'Genauigkeit der Antworten',
    share: 'Anteil der Bilder',
    thresholdSays: (threshold, covered, right) =>
      right === undefined
        ? `Ab ${percent(threshold, 0)} bekommt kein Bild eine Antwort.`
        : `Ab ${percent(threshold, 0)} bekommen ${percent(covered)} der Bilder eine Antwort, davon ${percent(right, 2)} die richtige.`,
    class: 'Eine Klasse gegen den Rest',
    roc: 'ROC-Kurve',
    precisionRecall: 'Präzision und Trefferquote',
    falsePositives: 'Falsch-positiv-Rate',
    truePositives: 'Richtig-positiv-Rate',
    recall: 'Trefferquote',
    precision: 'Präzision',
    areaHead: 'Fläche unter der ROC-Kurve',
    averagePrecisionHead: 'Mittlere Präzision',
    area: (name, area) => `${name}: Fläche ${number(area, 4)}. Dünne Linien: die anderen Klassen.`,
    averagePrecision: (name, average) => `${name}: mittlere Präzision ${number(average, 4)}. Dünne Linien: die anderen Klassen.`,
    rocSays: (name, area) => `Richtig- über Falsch-positiv-Rate jeder Klasse bei jeder Schwelle; unter der Kurve von ${name} liegt eine Fläche von ${number(area, 4)}.`,
    precisionRecallSays: (name, average) => `Präzision über Trefferquote jeder Klasse bei jeder Schwelle; ${name} hat eine mittlere Präzision von ${number(average, 4)}.`,
  },
};
