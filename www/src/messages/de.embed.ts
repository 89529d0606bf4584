/** Texts of the lab in a frame, in German. */
import type { embedEn } from './en.embed';

export const embedDe: typeof embedEn = {
  open: 'In einem eigenen Tab öffnen',
  needs: 'Was diesem Rahmen fehlt',
  opaque: 'Die Seite ringsum hat diesen Rahmen abgeriegelt. Zeichnen, Bilder und Antworten gehen; jedes dieser Wörter an ihrem <iframe> brächte:',
  some: 'Die Seite ringsum enthält diesem Rahmen etwas vor; diese Wörter an ihrem <iframe> brächten:',
  grants: {
    'sandbox="allow-same-origin"': 'Geladenes ist beim nächsten Besuch noch da, und Rahmen, die niemand ansieht, machen dem Platz, der zu sehen ist',
    'sandbox="allow-downloads"': 'Dateien sichern',
    'sandbox="allow-popups"': 'in einem eigenen Tab öffnen',
    'allow="camera"': 'die Kamera, an jedem Rahmen ringsum',
    'allow="clipboard-write"': 'auf Knopfdruck kopieren',
  },
  snippet: 'Für eine Kursseite',
  snippetHint: 'Das Labor allein, mit dieser Zeichnung und Aufgabe, als HTML zum Einfügen.',
  copySnippet: 'HTML kopieren',
  snippetCopied: 'HTML kopiert',
  camera: 'Die Kamera wurde nicht erlaubt. In einem Rahmen entscheiden die Seiten ringsum mit: Jedes <iframe> muss allow="camera" sagen. Wählen Sie ein Bild, oder öffnen Sie Vitrine in einem eigenen Tab.',
  saving: 'Wurde nichts gesichert, verbietet es die Seite um diesen Rahmen: Ihr <iframe> muss sandbox="… allow-downloads" sagen. Kopieren Sie den Text, oder öffnen Sie Vitrine in einem eigenen Tab.',
};
