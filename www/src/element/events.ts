/** What `<vitrine-classifier>` tells the page around it. All bubble, and cross shadow roots. */
import type { Result } from './result';

const OUTWARD = { bubbles: true, composed: true } as const;

/** Every model that is wanted has loaded or failed, and at least one is ready. */
export class VitrineLoadEvent extends Event {
  constructor() {
    super('vitrine-load', OUTWARD);
  }
}

/** How much of the models has come: from 0 to 1, never less than before. */
export class VitrineProgressEvent extends Event {
  readonly progress: number;

  constructor(progress: number) {
    super('vitrine-progress', OUTWARD);
    this.progress = progress;
  }
}

/** The models have answered; of a blank drawing there are no answers. */
export class VitrineAnswerEvent extends Event {
  readonly result: Result;

  constructor(result: Result) {
    super('vitrine-answer', OUTWARD);
    this.result = result;
  }
}

/** Something went wrong, and is shown. `code`: stable; `message`: in the language in use. */
export class VitrineErrorEvent extends Event {
  readonly code: string;
  readonly message: string;

  constructor(code: string, message: string) {
    super('vitrine-error', OUTWARD);
    this.code = code;
    this.message = message;
  }
}

declare global {
  interface HTMLElementEventMap {
    'vitrine-load': VitrineLoadEvent;
    'vitrine-progress': VitrineProgressEvent;
    'vitrine-answer': VitrineAnswerEvent;
    'vitrine-error': VitrineErrorEvent;
  }
}
