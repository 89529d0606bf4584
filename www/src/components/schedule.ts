/**
 * Work for the page's thread, spread over turns of the event loop: all of it at once would be one long task, in which no
 * stroke of a pen is heard.
 */

/** Milliseconds after which a turn ends. */
const TURN = 8;

let waiting: (() => void)[] = [];

/** Runs `work` in one of the next turns, after everything that was asked for before. */
export function schedule(work: () => void): void {
  waiting.push(work);
  if (waiting.length === 1) setTimeout(turn);
}

function turn(): void {
  const begun = performance.now();
  let done = 0;
  try {
    do waiting[done++]?.();
    while (done < waiting.length && performance.now() - begun < TURN);
  } finally {
    // Whatever became of this work, the rest has its turn.
    waiting = waiting.slice(done);
    if (waiting.length > 0) setTimeout(turn);
  }
}
