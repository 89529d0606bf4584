/** Every text of the site, in German. */
import { cardsDe } from './de.cards';
import { embedDe } from './de.embed';
import { chosen, recipes, regionDe } from './de.region';
import { failure } from './de.failures';
import { linkParts } from './de.link';
import { notebookDe } from './de.notebook';
import { deWhy } from './de.why';
import { lists, numbers } from './formats';
import type { Messages } from './index';

const figure = (value: number, digits: number): string => value.toFixed(digits).replace('.', ',');
const percent = (share: number, digits = 0): string => `${figure(share * 100, digits)}\u00A0%`;
const whole = numbers('de');
const bytes = numbers('de', { maximumSignificantDigits: 3 });
const precise = numbers('de', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });

const models: Readonly<Record<string, { name: string; long: string }>> = {
  mlp: { name: 'MLP', long: 'Mehrschichtiges Perzeptron' },
  cnn: { name: 'CNN', long: 'Faltungsnetz' },
  'cnn-slim': { name: 'Schlankes CNN', long: 'Kleines Faltungsnetz' },
  knn: { name: 'KNN', long: 'Nächste Nachbarn in gelernter Metrik' },
};

const steps: Readonly<Record<string, string>> = {
  grey: 'Grau',
  invert: 'Umkehren',
  trim: 'Beschneiden',
  ground: 'Grund',
  fit: 'Auf 28 bringen',
  sharpen: 'Schärfen',
  centre: 'Mitte',
};

const explained: Readonly<Record<string, string>> = {
  grey: 'Farben werden grau. Ohne diesen Schritt zählt allein der Rotkanal.',
  invert: 'Hell und Dunkel tauschen: Die Modelle erwarten helle Tinte auf dunklem Grund.',
  trim: 'Leere Ränder fallen weg. Ohne diesen Schritt bleibt das Kleidungsstück klein.',
  ground: 'Der Grund verschwindet: Er wird weiß, oder schwarz um Helleres. Ohne diesen Schritt ist eine graue Wand schwache Tinte.',
  fit: 'Die längere Seite wird 28 Pixel lang. Ohne diesen Schritt werden es beide, und die Proportionen gehen verloren.',
  sharpen: 'Kanten werden deutlich.',
  centre: 'Das Kleidungsstück rückt in die Mitte. Ohne diesen Schritt bleibt es in der Ecke.',
};

/** By the data set's names. */
const classNames: Readonly<Record<string, string>> = {
  'T-shirt/top': 'T-Shirt/Top',
  Trouser: 'Hose',
  Pullover: 'Pullover',
  Dress: 'Kleid',
  Coat: 'Mantel',
  Sandal: 'Sandale',
  Shirt: 'Hemd',
  Sneaker: 'Turnschuh',
  Bag: 'Tasche',
  'Ankle boot': 'Stiefelette',
};

/** Not every browser knows how German words are broken. */
const breaks: Readonly<Record<string, string>> = {
  Pullover: 'Pull\u00ADover',
  Sandale: 'San\u00ADdale',
  Turnschuh: 'Turn\u00ADschuh',
  Stiefelette: 'Stiefe\u00ADlette',
  Schlankes: 'Schlan\u00ADkes',
  Beschneiden: 'Beschnei\u00ADden',
  Schärfen: 'Schär\u00ADfen',
  Umkehren: 'Um\u00ADkehren',
};

const name = (id: string): string => models[id]?.name ?? id;
const list = lists('de');
const names = (ids: readonly string[]): string => list(ids.map(name));

export { unstartedDe as unstarted } from './de.unstarted';

export const de: Messages = {
  notebook: notebookDe,
  why: deWhy,
  embed: embedDe,
  cards: cardsDe,
  language: 'de',
  percent,
  count: (value) => whole(value),
  number: (value, decimals) => (decimals === undefined ? whole(value) : figure(value, decimals)),
  size: (value) => (value >= 1e6 ? `${bytes(value / 1e6)} MB` : `${bytes(value / 1e3)} kB`),
  seconds: (milliseconds) => `${figure(milliseconds / 1000, 1)} s`,
  model: name,
  modelLong: (id) => models[id]?.long ?? id,
  models: names,
  className: (given) => classNames[given] ?? given,
  hyphenated: (given) => Object.entries(breaks).reduce((text, [word, parts]) => text.replace(word, parts), given),

  page: {
    title: 'Vitrine: ein Kleidungsstück zeichnen und erkennen lassen',
    description: 'Ein Kleidungsstück zeichnen oder ein Bild mitbringen und zusehen, wie neuronale Netze und nächste Nachbarn es im eigenen Browser erkennen.',
  },
  header: {
    title: 'Vitrine',
    lede: 'Zeichnen Sie ein Kleidungsstück oder bringen Sie ein Bild mit. Vier Modelle, trainiert mit Fashion-MNIST, sehen es sich in Ihrem Browser an; nichts verlässt Ihr Gerät.',
  },
  nav: {
    label: 'Abschnitte',
    lab: 'Das Labor',
    language: 'Sprache',
  },
  task: {
    title: 'Eine Aufgabe von der Person, von der dieser Link kommt',
    dismiss: 'Aufgabe ausblenden',
  },
  share: {
    open: 'Teilen',
    title: 'Teilen, was zu sehen ist',
    lede: 'Der Link enthält Ihre Zeichnung, die gezeigten Modelle, die Schritte und die offenen Bereiche. Er geht nirgendwohin, bis Sie ihn verschicken.',
    pixels: 'Von Ihrem Bild enthält er die 28×28 Pixel, die die Modelle sehen, nicht das Bild selbst.',
    task: 'Eine Aufgabe für alle, die ihn öffnen',
    taskHint: 'Wenn Sie mögen; sie steht als einfacher Text über der Seite.',
    link: 'Link',
    copy: 'Link kopieren',
    copied: 'Link kopiert',
    byHand: 'Dieser Browser lässt die Seite nicht kopieren. Der Link ist ausgewählt: Drücken Sie Strg+C oder ⌘C.',
    close: 'Schließen',
    shared: 'das geteilte Bild',
    refused: (keys) =>
      keys.includes('#')
        ? 'Die Adresse dieser Seite war nicht zu lesen; nichts davon ist zu sehen. Lassen Sie sich den Link noch einmal geben.'
        : `Teile des Links wurden abgelehnt (${keys.map((key) => (Object.hasOwn(linkParts, key) ? linkParts[key] : key)).join(', ')}); der Rest ist zu sehen. Lassen Sie sich den Link noch einmal geben.`,
  },
  display: {
    label: 'Anzeige',
    of: (look) => ({ '': 'Wie das System', light: 'Hell', dark: 'Dunkel', large: 'Groß, für den Beamer', 'light-large': 'Hell und groß', 'dark-large': 'Dunkel und groß' })[look] ?? look,
  },
  install: 'Als App installieren',
  print: {
    open: 'Ein Blatt drucken',
    name: 'Name und Datum:',
    title: 'Was antworten sie, und woran liegt das?',
  },
  footer: {
    text: 'Trainiert mit Fashion-MNIST (Xiao, Rasul und Vollgraf, 2017; arXiv:1708.07747).',
  },

  pad: {
    title: 'Ihr Kleidungsstück',
    hint: 'Am besten erkannt wird eine gefüllte Form in hellem Grau.',
    canvas: 'Zeichenfläche, 28 mal 28 Zellen',
    keys: 'Pfeiltasten bewegen, mit Umschalt schneller, die Leertaste malt, die Eingabetaste hält den Pinsel unten, F füllt, Strg+Z macht rückgängig.',
    tool: 'Werkzeug',
    brush: 'Pinsel',
    eraser: 'Radierer',
    fill: 'Füllen',
    grey: 'Graustufe',
    greyLevel: (ink) => percent(ink / 255),
    size: 'Breite',
    sizeText: (cells) => `${figure(cells, cells % 1 === 0 ? 0 : 1)} Pixel des Netzes`,
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    clear: 'Leeren',
    cursor: (row, column, ink) => `Zeile ${row}, Spalte ${column}, ${ink === 0 ? 'leer' : `Tinte ${percent(ink / 255)}`}`,
    held: 'Pinsel unten',
    lifted: 'Pinsel oben',
    fillIt: 'Ausfüllen',
    filled: 'Gefüllt',
    undone: 'Rückgängig gemacht',
    redone: 'Wiederholt',
    cleared: 'Zeichenfläche geleert',
  },

  drop: {
    choose: 'Bild wählen',
    hint: 'Oder ein Bild hierher ziehen oder einfügen.',
    here: 'Hier ablegen',
    shown: 'Das Bild, um das es geht',
    camera: 'Kamera benutzen',
    showing: (shown) => `Zu sehen: ${shown}`,
    back: 'Zurück zur Zeichenfläche',
    sample: 'Ein zufälliges Testbild',
    sampleName: (index, label) => `Testbild ${index}, bezeichnet als ${label}`,
    pasted: 'das eingefügte Bild',
    taken: (taken) => `${taken} übernommen`,
  },

  examples: {
    title: 'Oder probieren Sie:',
    name: (kind, label) =>
      ({ garment: label, puzzle: `${label}, und die Modelle sind uneins`, drawing: `Eine Zeichnung: ${label}`, photograph: 'Ein Foto, das diese Seite gezeichnet hat' })[kind],
    recalled: (label) => `ein Kleidungsstück des Trainings (${label}), wie der Index es kennt`,
    photograph: 'ein Foto, das diese Seite gezeichnet hat',
    open: (what) => `${what}; ins Labor legen`,
  },

  region: regionDe,

  input: {
    title: 'Was die Modelle sehen',
    picture: 'Ihr Kleidungsstück mit 28 mal 28 Pixeln, wie die Modelle es sehen',
    blank: 'Leer: 28 mal 28 Pixel ohne Tinte',
    recipe: (recipe) => `28×28 Pixel, ${chosen[recipe] ?? recipe}`,
    waiting: '28×28 Pixel, sobald etwas da ist',
    prepare: 'Vorbereiten',
    steps: 'Schritte der Vorbereitung',
    hint: 'Jeder Schritt lässt sich aus- und einschalten; die Antworten folgen.',
    step: (step) => steps[step] ?? step,
    explain: (step) => explained[step] ?? '',
    on: 'an',
    off: 'aus',
    switched: (step, isOn) => `${steps[step] ?? step} ${isOn ? 'an' : 'aus'}`,
    usual: 'Die üblichen Schritte',
    uneven: 'Der Grund dieses Bildes ist nicht gleichmäßig: Was sich farblich von ihm abhebt, wurde ausgeschnitten. Falls etwas fehlt, tippen Sie auf den Grund, oder ziehen Sie einen Rahmen um das Kleidungsstück.',
    lost: 'Vieles auf diesem Bild ist weder heller noch dunkler als sein Grund und geht verloren. Bereiten Sie es anders vor, tippen Sie auf den Grund, oder ziehen Sie einen Rahmen um das Kleidungsstück.',
  },
  camera: {
    title: 'Kamera',
    take: 'Bild aufnehmen',
    cancel: 'Kamera schließen',
    name: 'das Bild der Kamera',
    view: 'Was die Kamera sieht',
    opening: 'Warten auf die Kamera …',
    refused: 'Die Kamera wurde nicht erlaubt. Erlauben Sie sie in den Einstellungen des Browsers für diese Seite, oder wählen Sie ein Bild.',
    gone: 'Die Kamera ist nicht mehr da. Schließen Sie sie wieder an, oder wählen Sie ein Bild.',
    failed: (message) => `Die Kamera ließ sich nicht benutzen (${message}). Wählen Sie stattdessen ein Bild.`,
  },
  recipe: (recipe) => recipes[recipe] ?? recipe,

  answers: {
    title: 'Was sie sagen',
    caption: 'Wahrscheinlichkeit jeder Klasse nach Modell; bei KNN der Anteil an den Stimmen der Nachbarn',
    class: 'Klasse',
    invitation: 'Zeichnen Sie etwas, und es bekommt einen Namen.',
    empty: 'In diesem Bild ist nichts: Es hat überall denselben Ton. Wählen Sie ein anderes, oder zeichnen Sie.',
    truth: 'das Etikett',
    right: 'wie das Etikett sagt',
    wrong: 'anders als das Etikett sagt',
    thinking: 'Einen Augenblick …',
    loading: 'Die Modelle sind unterwegs; zeichnen Sie ruhig schon.',
    none: 'Kein Modell konnte geladen werden.',
    agree: (label, ids) => (ids.length === 1 ? `${names(ids)} sagt ${label}.` : `${names(ids)} sind sich einig: ${label}.`),
    agreed: (ids) => (ids.length === 1 ? `bisher nach ${names(ids)}` : `alle ${ids.length} sind sich einig`),
    apart: 'Sie sind uneins',
    either: (labels) => labels.join(' oder '),
    count: (most, all, classes) => (classes > 1 ? `je ${most} von ${all}` : most === all ? `alle ${all} sind sich einig` : `${most} von ${all} sind sich einig`),
    doubts: {
      some: { is: 'Nicht ganz wie die Kleidung im Training', so: 'Die Antworten sind mit Vorsicht zu genießen.' },
      much: { is: 'Anders als jedes Kleidungsstück im Training', so: 'Die Antworten bedeuten wenig.' },
    },
    said: (label, ids) => `${names(ids)}: ${label}`,
    waiting: 'Wartet',
    loadingModel: (fraction) => `Lädt, ${percent(fraction)}`,
    ready: 'Bereit',
    failed: 'Nicht geladen',
    retry: 'Noch einmal',
    best: 'höchster Wert',
    shown: 'Gezeigte Modelle',
  },

  neighbours: {
    title: 'Nächste Kleidungsstücke des Trainings',
    hint: 'Die ähnlichsten Stücke, aus dem Index zurückgerechnet; Abstand in der gelernten Metrik.',
    pictureless: 'Ihre Bilder kamen nicht an; mit der nächsten Änderung werden sie noch einmal geholt.',
    distance: (distance) => precise(distance),
    describe: (rank, label, distance) => `Nachbar ${rank}: ${label}, Abstand ${precise(distance)}`,
    waiting: 'Sie erscheinen mit Ihrem ersten Strich.',
  },

  metrics: {
    title: 'Wie gut sind sie?',
    lede: 'Einmal an den 10.000 Testbildern gemessen, die kein Modell im Training gesehen hat. Das Intervall ist das von Wilson, zu 95\u00A0%.',
    caption: 'Festgehaltene Werte jedes Modells am Testdatensatz',
    model: 'Modell',
    accuracy: 'Genauigkeit',
    interval: '95-%-Intervall',
    precision: 'Präzision',
    recall: 'Trefferquote',
    f1: 'F1',
    macro: 'Mittel über die Klassen',
    size: 'Datei',
    details: (id) => `Bericht und Verwechslungen: ${name(id)}`,
    report: 'Klassifikationsbericht',
    confusion: 'Konfusionsmatrix',
    confusionCaption: (id) => `Konfusionsmatrix von ${name(id)}: Zeilen sind die Wahrheit, Spalten die Antwort, in Bildern`,
    truth: 'Wahrheit',
    predicted: 'Antwort',
    scroll: 'Tabelle, seitlich scrollbar',
    figure: (share) => figure(share, 4),
    between: (low, high) => `${figure(low, 4)} bis ${figure(high, 4)}`,
  },

  measure: {
    title: 'Hier nachmessen',
    lede: 'Lässt alle Modelle in diesem Browser über den echten Testdatensatz laufen und vergleicht mit den festgehaltenen Werten.',
    start: 'In diesem Browser messen',
    cancel: 'Abbrechen',
    files: 'Die zwei t10k-Dateien wählen',
    drop: 'Diese Seite hat keine Kopie des Testdatensatzes. Legen Sie die zwei Dateien t10k-images-idx3-ubyte und t10k-labels-idx1-ubyte hier ab (.gz oder entpackt).',
    unreached: 'Der Testdatensatz kam nicht an. Messen Sie noch einmal, um es wieder zu versuchen, oder legen Sie die zwei Dateien t10k-images-idx3-ubyte und t10k-labels-idx1-ubyte hier ab (.gz oder entpackt).',
    whence: 'Woher es sie gibt',
    opened: (length) => `${whole(length)} Testbilder sind bereit.`,
    opening: 'Liest den Testdatensatz …',
    waiting: 'Wartet',
    progress: (id) => `Fortschritt: ${name(id)}`,
    done: (done, total) => `${whole(done)} von ${whole(total)}`,
    speed: (perSecond) => `${whole(Math.round(perSecond))} Bilder/s`,
    same: 'Gleich dem festgehaltenen Wert',
    differs: (difference) =>
      difference === 0
        ? 'Dieselbe Genauigkeit, andere Verwechslungen'
        : `${difference > 0 ? '+' : '−'}${figure(Math.abs(difference * 100), 2)} Punkte gegenüber dem festgehaltenen Wert`,
    partial: 'Abgebrochen; was es bis dahin hatte',
    broken: 'Durch einen Fehler beendet; was es bis dahin hatte',
    unmeasured: 'Nicht gemessen',
    running: 'Misst',
    model: 'Modell',
    images: 'Bilder',
    accuracy: 'Genauigkeit',
    time: 'Zeit',
    rate: 'Tempo',
    against: 'Vergleich',
    caption: 'In diesem Browser gemessene Werte',
    announceDone: (id, accuracy) => `${name(id)} gemessen: Genauigkeit ${figure(accuracy, 4)}`,
    announceCancelled: 'Messung abgebrochen',
    finished: 'Messung beendet',
  },

  update: {
    ready: 'Eine neue Fassung ist bereit.',
    reload: 'Neu laden',
    away: (testSet) => `Sie sind offline. Alles auf dieser Seite funktioniert weiter${testSet ? ', bis auf die Testbilder: Sie sind noch nicht geladen worden' : ''}.`,
    awayBut: (lacks) => `Sie sind offline. Diese Seite funktioniert weiter, bis auf das, was dieser Browser nicht aufbewahrt hat: ${lacks}.`,
    awayUnkept: 'Sie sind offline. Was schon geladen ist, funktioniert weiter; das Übrige hat dieser Browser nicht aufbewahrt, dafür braucht er die Verbindung.',
    kept: (testSet) => `In diesem Browser aufbewahrt: Die Seite funktioniert auch offline${testSet ? '; die Testbilder, sobald sie einmal geladen sind' : ''}.`,
    keptBut: (lacks) => `In diesem Browser nicht für offline aufbewahrt: ${lacks}.`,
    lacks: (ids, files) =>
      list([...ids.map((id) => models[id]?.name ?? id), ...(files === 0 ? [] : [files === 1 ? 'eine Datei der Seite' : `${whole(files)} Dateien der Seite`])]),
  },

  oneFile: {
    lede: 'Zeichnen Sie ein Kleidungsstück oder nehmen Sie ein Bild, und sehen Sie, wofür es gehalten wird. Alles Nötige steckt in dieser Datei: keine Verbindung, keine zweite Datei, und nichts verlässt Ihr Gerät.',
    waiting: 'Wird ausgepackt … Bleibt dieser Text stehen, ist dieser Browser zu alt oder führt keine Skripte aus: Aktualisieren Sie ihn, oder öffnen Sie die Datei in einem anderen.',
    damaged: (said) => `Diese Datei lässt sich nicht auspacken: Sie ist beschädigt, oder dort, wo sie liegt, ist WebAssembly nicht erlaubt. Holen Sie sich die Datei noch einmal, und öffnen Sie sie aus einem Ordner. (${said})`,
  },
  element: {
    given: 'das übergebene Bild',
    unknownModels: (names: readonly string[], known: readonly string[]): string => `Ein Modell ${names.join(', ')} gibt es nicht; zur Wahl stehen ${known.join(', ')}.`,
  },

  absence: {
    away: 'Dieser Teil der Seite ließ sich nicht laden; bitte die Verbindung prüfen.',
    damaged: 'Dieser Teil der Seite kam beschädigt an. Laden Sie die Seite neu: Eine Zeichnung bleibt, ein Foto nicht.',
    silent: 'Dieser Teil der Seite kommt nicht an. Laden Sie die Seite neu: Eine Zeichnung bleibt, ein Foto nicht.',
    reload: 'Seite neu laden',
  },

  errors: {
    title: 'Das ging nicht',
    dismiss: 'Schließen',
    notImage: (file) => `${file} ist kein Bild, das dieser Browser lesen kann. Versuchen Sie PNG, JPEG oder WebP.`,
    svgForbidden: 'Der Server dieser Seite verbietet ihr, ein SVG zu zeichnen: In seiner Content-Security-Policy muss img-src „blob:“ nennen. Nehmen Sie PNG, JPEG oder WebP.',
    damaged: (file, format) => `${file} sieht nach ${format} aus, aber dieser Browser konnte es nicht lesen. Die Datei ist vielleicht beschädigt; versuchen Sie eine andere.`,
    heic: (file) => `${file} ist ein HEIC-Bild, das dieser Browser nicht liest. Speichern Sie es als JPEG, oder öffnen Sie diese Seite in Safari.`,
    tooManyBytes: (file, size, limit) => `${file} hat ${size}; die Grenze ist ${limit}. Verkleinern Sie es zuerst.`,
    tooManyPixels: (file, width, height, limit) => `${file} hat ${width}×${height} Pixel; die Grenze ist ${limit} je Seite. Verkleinern Sie es zuerst.`,
    changedPixels:
      'Dieser Browser verändert die Pixel von Bildern, bevor die Seite sie lesen darf, damit niemand an ihnen wiedererkannt wird: Die Modelle sehen nicht, was Sie sehen. Erlauben Sie dieser Seite, Canvas-Daten zu lesen, und wählen Sie das Bild noch einmal. Eine Zeichnung wird nicht verändert.',
    noImageThere: 'Darin war kein Bild. Legen Sie eine Bilddatei ab oder fügen Sie eine ein.',
    testFiles: 'Erwartet werden die zwei Dateien t10k-images-idx3-ubyte und t10k-labels-idx1-ubyte (.gz oder entpackt). Wählen Sie beide zugleich.',
    language: (wanted, spoken) => `${wanted} ließ sich nicht laden; die Seite bleibt bei ${spoken}. Prüfen Sie die Verbindung und wählen Sie es noch einmal, oder laden Sie die Seite neu.`,
    languageDamaged: (wanted, spoken) => `${wanted} kam nicht heil an; die Seite bleibt bei ${spoken}. Laden Sie die Seite neu: Eine Zeichnung bleibt, ein Foto nicht.`,
    sampleNumber: (index, count) => `Die Nummer ${index} gibt es nicht; sie gehen von 0 bis ${count - 1}.`,
    noSample: (message) => `Das Testbild ließ sich nicht laden: ${message}`,
    measuring: (message) => `Die Messung brach ab: ${message}`,
    failure,
    looking: (message) => `Ihr Kleidungsstück ließ sich nicht einordnen: ${message}`,
  },
};

export { de as texts };
