/** What stands in the page's HTML for a visitor in whose browser the page does not start, in German. */
import type { unstartedEn } from './en.unstarted';

export const unstartedDe: typeof unstartedEn = {
  title: 'Vitrine ist nicht gestartet',
  lede: 'Es kann an einem davon liegen:',
  causes: {
    scripts: 'JavaScript ist abgeschaltet, oder etwas verbietet es hier. Vitrine rechnet in Ihrem Browser und braucht es dafür.',
    slow: 'Die Verbindung ist langsam. Dann verschwindet dieser Text von selbst.',
    missing: 'Eine Datei der Seite ist nicht angekommen: Die Verbindung brach ab, oder eben wurde eine neue Version bereitgestellt. Laden Sie die Seite neu.',
    copy: 'Das ist eine gespeicherte Kopie der Seite, ohne die Dateien, die sie braucht. Öffnen Sie das Original. Zum Mitnehmen speichern Sie von dort vitrine.html: Diese eine Datei öffnet sich per Doppelklick, ohne Server und ohne Verbindung.',
    slash: 'Der Adresse fehlt der Schrägstrich am Ende. Fügen Sie ihn hinzu.',
    file: 'Die Seite wurde als Datei aus einem Ordner geöffnet. Browser starten sie nur von einem Webserver: Führen Sie in diesem Ordner „python3 -m http.server“ aus und öffnen Sie http://localhost:8000. Oder öffnen Sie vitrine.html, die daneben liegt und keinen Server braucht.',
    sealed: 'Die Seite steht in einem Rahmen, der sie von ihrem eigenen Server trennt („srcdoc“ oder „sandbox“ ohne „allow-same-origin“). Öffnen Sie sie in einem eigenen Tab.',
    type: 'Der Server schickt die Skripte der Seite als etwas anderes. Wer ihn betreibt, sollte Dateien, die auf .js enden, als text/javascript schicken und die Dateien selbst liefern.',
    policy: 'Eine Content Security Policy verbietet die Skripte der Seite. Wer den Server betreibt, sollte script-src \'self\' \'wasm-unsafe-eval\' erlauben.',
    old: 'Dieser Browser ist zu alt. Vitrine braucht Chrome oder Edge 123, Firefox 120, Safari 17.5 oder einen neueren.',
    broken: 'Das Skript der Seite ist stehen geblieben. Laden Sie die Seite neu.',
  },
  scriptless: 'Vitrine rechnet in Ihrem Browser und braucht dafür JavaScript. Erlauben Sie es für diese Seite.',
  reload: 'Seite neu laden',
  original: 'Original öffnen',
};
