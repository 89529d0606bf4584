/** Changes over to the language that was asked for last, as soon as its texts are there. */
import type { Messages } from '../messages';
import type { Tag } from '../messages/tags';
import { Newest } from '../newest';

export class LanguageSwitch {
  readonly #texts: (tag: Tag) => Promise<Messages> | Messages;
  readonly #adopt: (tag: Tag, texts: Messages) => void;
  readonly #failed: (tag: Tag, thrown: unknown) => void;
  readonly #requests = new Newest();
  #spoken: Tag = 'en';

  /** `texts`: fetches those of a language; `adopt`: speaks them; `failed`: told of a language whose texts did not come. */
  constructor(texts: (tag: Tag) => Promise<Messages> | Messages, adopt: (tag: Tag, texts: Messages) => void, failed: (tag: Tag, thrown: unknown) => void) {
    this.#texts = texts;
    this.#adopt = adopt;
    this.#failed = failed;
  }

  /** True when the language is spoken already. A promise otherwise: false when another was asked for meanwhile. */
  change(tag: Tag): true | Promise<boolean> {
    if (tag === this.#spoken) {
      this.#requests.end();
      return true;
    }
    const adopt = (texts: Messages): void => {
      this.#spoken = tag;
      this.#adopt(tag, texts);
    };
    const texts = this.#texts(tag);
    if (texts instanceof Promise) return this.#requests.run(() => texts, adopt, (thrown) => this.#failed(tag, thrown));
    this.#requests.end();
    adopt(texts);
    return true;
  }
}
