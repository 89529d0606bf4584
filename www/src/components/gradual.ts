/** Tells a component how many of its parts to render: one more each turn, so that a large one is no long task. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { inTurn } from './schedule';

export class Gradual implements ReactiveController {
  /** How many parts there are to be. */
  count = 0;
  readonly #host: ReactiveControllerHost;
  readonly #total: () => number;
  #asked = false;

  /** `total`: how many parts there are at last; 0 while they are waited for. */
  constructor(host: ReactiveControllerHost, total: () => number) {
    this.#host = host;
    this.#total = total;
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.#asked || this.count >= this.#total()) return;
    this.#asked = true;
    inTurn(() => {
      this.#asked = false;
      this.count += 1;
      this.#host.requestUpdate();
    });
  }
}
