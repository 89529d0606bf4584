/** What went wrong, in German. */
import type { Failure } from '../shapes';
import { english, facts } from './formats';

/** By the codes of src/error.rs, and that of downloads: what happened, and what helps. */
const failures: Readonly<Record<string, string>> = {
  format: 'Eine Datei hat nicht das Format, das sie haben soll. Nehmen Sie die richtige Datei, oder holen Sie sie noch einmal.',
  shape: 'Etwas hat nicht die erwartete Größe oder Anordnung. Wählen Sie etwas anderes.',
  parameter: 'Ein Wert ist hier nicht möglich. Warten Sie, bis alles geladen ist, oder wählen Sie einen anderen.',
  limit: 'Das ist größer, als diese Seite es verarbeitet. Verkleinern Sie es zuerst.',
  integrity: 'Eine Datei ist nicht die veröffentlichte: Sie wurde verändert oder kam beschädigt an. Versuchen Sie es noch einmal.',
  network: 'Eine Modelldatei verlangt etwas, das diese Seite nicht rechnen kann. Nehmen Sie eine andere.',
  io: 'Eine Datei ließ sich nicht laden. Prüfen Sie die Verbindung, und versuchen Sie es noch einmal.',
  internal: 'Das ist ein Fehler dieser Seite. Versuchen Sie es noch einmal, und laden Sie die Seite neu, wenn er bleibt.',
};

/** By the codes that the engine adds, whose messages are not for visitors. */
const engineFailures: Readonly<Record<string, string>> = {
  browser: 'Dieser Browser rechnet nicht, was der Klassifikator braucht: WebAssembly mit SIMD. Aktualisieren Sie ihn, oder erlauben Sie WebAssembly in seinen Einstellungen.',
  policy: 'Der Server dieser Seite verbietet WebAssembly, und der Klassifikator braucht es. Sagen Sie es denen, die ihn betreiben: In seiner Content-Security-Policy muss script-src „wasm-unsafe-eval“ nennen.',
  worker: 'Der Klassifikator ließ sich nicht starten. Versuchen Sie es noch einmal, oder laden Sie die Seite neu; hilft das nicht, verbietet ihr Server womöglich Worker: In seiner Content-Security-Policy muss worker-src „self“ nennen.',
  connect: 'Der Server dieser Seite verbietet ihr, ihre eigenen Dateien zu laden. Sagen Sie es denen, die ihn betreiben: In seiner Content-Security-Policy muss connect-src „self“ nennen.',
  stopped: 'Der Klassifikator ist stehen geblieben; das ist ein Fehler dieser Seite. Versuchen Sie es noch einmal, und laden Sie die Seite neu, wenn es wieder geschieht.',
  timeout: 'Der Klassifikator hat zu lange nicht geantwortet und wurde beendet. Versuchen Sie es noch einmal, und laden Sie die Seite neu, wenn es wieder geschieht.',
  away: 'Ein Teil der Seite ließ sich nicht laden. Prüfen Sie die Verbindung, und versuchen Sie es noch einmal.',
  damaged: 'Ein Teil der Seite kam beschädigt an. Laden Sie die Seite neu.',
  silent: 'Ein Teil der Seite kommt nicht an. Laden Sie die Seite neu.',
  restarted: 'Der Klassifikator musste neu starten. Versuchen Sie es noch einmal.',
  ended: 'Der Klassifikator wurde beendet. Laden Sie die Seite neu.',
};

/** What happened, and what helps. */
export const failure = ({ code, message }: Failure): string =>
  engineFailures[code] ?? `${failures[code] ?? failures.internal ?? ''} (${english(code === 'integrity' ? facts(message) : message)})`;
