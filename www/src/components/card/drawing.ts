/** The small picture of a model's kind, in the colours of the text around it. Decoration: what it shows is said beside it. Pure. */
import { svg, type SVGTemplateResult } from 'lit';
import type { Search, Stage } from './scheme';

const HEIGHT = 96;
/** Between two stages. */
const GAP = 16;
/** From one sheet of a stack to the next. */
const LEAF = 4;
const DOT = 3.2;

interface Drawn {
  readonly width: number;
  readonly picture: SVGTemplateResult;
}

/** A stack of sheets: more for more maps, as wide as a map is. */
function stack(count: number, side: number, whole: number, left: number): Drawn {
  const size = 12 + 52 * (side / whole);
  const leaves = count === 1 ? 1 : Math.min(6, 2 + Math.floor(Math.log2(count) / 2));
  const top = (HEIGHT - size - (leaves - 1) * LEAF) / 2;
  const sheets = Array.from({ length: leaves }, (_, at) => svg`<rect class="leaf" x=${left + at * LEAF} y=${top + (leaves - 1 - at) * LEAF} width=${size} height=${size} rx="2"></rect>`);
  // The nearest sheet is drawn last.
  return { width: size + (leaves - 1) * LEAF, picture: svg`${sheets.reverse()}` };
}

/** Where the dots of a row stand, from top to bottom: more for more numbers. */
function heights(count: number): number[] {
  const dots = count <= 10 ? count : Math.min(13, Math.round(Math.log2(count) * 1.5));
  const step = Math.min(9, (HEIGHT - 2 * DOT) / Math.max(1, dots - 1));
  return Array.from({ length: dots }, (_, at) => HEIGHT / 2 + (at - (dots - 1) / 2) * step);
}

function row(count: number, left: number, before: readonly number[]): Drawn {
  const x = left + DOT;
  const own = heights(count);
  const ways = before.flatMap((from) => own.map((to) => svg`<path class="way" d="M${left - GAP - DOT} ${from}L${x} ${to}"></path>`));
  return { width: 2 * DOT, picture: svg`${ways}${own.map((y) => svg`<circle class="dot" cx=${x} cy=${y} r=${DOT}></circle>`)}` };
}

/** From the image at one end to the classes at the other. */
export function networkDrawing(stages: readonly Stage[]): Drawn {
  const whole = Math.max(...stages.map((stage) => (stage.kind === 'maps' ? stage.side : 1)));
  let left = 1;
  const parts = stages.map((stage, at) => {
    const before = stages[at - 1];
    const drawn = stage.kind === 'maps' ? stack(stage.count, stage.side, whole, left) : row(stage.count, left, before?.kind === 'row' ? heights(before.count) : []);
    const isFirst = at === 0 || (stage.kind === 'row' && before?.kind === 'row');
    const arrow = isFirst ? undefined : svg`<path class="arrow" d="M${left - GAP + 3} ${HEIGHT / 2}h${GAP - 6}m-4 -3.5l4 3.5l-4 3.5"></path>`;
    left += drawn.width + GAP;
    return svg`${arrow}${drawn.picture}`;
  });
  return { width: left - GAP + 1, picture: svg`${parts}` };
}

/** How many others are drawn around the picture. */
const OTHERS = 54;
/** Turns by this part of a circle leave no gaps and no lines. */
const TURN = Math.PI * (3 - Math.sqrt(5));
const WIDE = 260;

/** The picture's place among others, with lines to those that vote. */
export function searchDrawing({ neighbours }: Search): Drawn {
  const middle = { x: WIDE / 2, y: HEIGHT / 2 };
  const places = Array.from({ length: OTHERS }, (_, at) => {
    const far = Math.sqrt((at + 2) / OTHERS);
    return { x: middle.x + Math.cos(at * TURN) * far * (middle.x - 6), y: middle.y + Math.sin(at * TURN) * far * (middle.y - 6) };
  });
  const distance = ({ x, y }: { x: number; y: number }): number => Math.hypot(x - middle.x, y - middle.y);
  const near = new Set(places.toSorted((one, other) => distance(one) - distance(other)).slice(0, neighbours));
  const reach = Math.max(...[...near].map(distance)) + 6;
  return {
    width: WIDE,
    picture: svg`<circle class="reach" cx=${middle.x} cy=${middle.y} r=${reach}></circle>
      ${places.map((place) => (near.has(place) ? svg`<path class="vote" d="M${middle.x} ${middle.y}L${place.x} ${place.y}"></path>` : undefined))}
      ${places.map((place) => svg`<circle class=${near.has(place) ? 'near' : 'far'} cx=${place.x} cy=${place.y} r=${DOT}></circle>`)}
      <rect class="own" x=${middle.x - 5} y=${middle.y - 5} width="10" height="10" rx="1.5"></rect>`,
  };
}

export const drawingHeight = HEIGHT;
