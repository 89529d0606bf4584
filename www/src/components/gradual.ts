/** Tells a component how many of its parts to render: one more each turn, so that a large one is no long task. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { schedule } from './schedule';

export class Gradual implements ReactiveController {
  /** How many parts there are to be. */
  count = 0;
  readonly #host: ReactiveControllerHost;
  readonly #total: () => number;
  #pending = false;

  /** `total`: how many parts there are at last; 0 while they are waited for. */
  constructor(host: ReactiveControllerHost, total: () => number) {
    this.#host = host;
    this.#total = total;
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.#pending || this.count >= this.#total()) return;
    this.#pending = true;
    schedule(() => {
      this.#pending = false;
      this.count += 1;
      this.#host.requestUpdate();
    });
  }
}
