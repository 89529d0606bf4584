/** A model's layers → the picture of its kind: stacks of maps, rows of numbers, or a garment among its neighbours. Pure. */
import type { Diagram, LayerInfo } from '../../shapes.notebook';

/** What goes through a network, from the image to the classes: maps of a side, or a row of numbers. */
export type Stage = { readonly kind: 'maps'; readonly count: number; readonly side: number } | { readonly kind: 'row'; readonly count: number };

/** How an index answers: from the pixels to the vote. */
export interface Search {
  readonly features: number;
  readonly code: number;
  readonly references: number;
  readonly neighbours: number;
}

function stageOf({ shape }: LayerInfo): Stage[] {
  const [, count = 0, height = 1, width = 1] = shape ?? [];
  if (!shape || count === 0) return [];
  return [height * width > 1 ? { kind: 'maps', count, side: Math.max(height, width) } : { kind: 'row', count }];
}

const isSame = (one: Stage | undefined, other: Stage): boolean => one?.kind === other.kind && one.count === other.count && (one.kind === 'row' || (other.kind === 'maps' && one.side === other.side));

/** Each stage once, where layers keep the size of what goes through them; maps that are only laid out in a row are none of their own. */
export function stages({ layers }: Diagram, side: number): Stage[] {
  const all: Stage[] = [{ kind: 'maps', count: 1, side }];
  for (const layer of layers) {
    if (layer.operator === 'Flatten') continue;
    for (const stage of stageOf(layer)) if (!isSame(all.at(-1), stage)) all.push(stage);
  }
  return all;
}

/** `undefined` for what is no index. */
export function searchOf({ layers }: Diagram): Search | undefined {
  const sizes = new Map(layers.map(({ operator, shape }) => [operator, shape?.at(-1) ?? 0]));
  const details = layers.map(({ detail }) => detail);
  const references = details.find((detail) => detail?.kind === 'search')?.references;
  const neighbours = details.find((detail) => detail?.kind === 'vote')?.neighbours;
  if (references === undefined || neighbours === undefined) return undefined;
  return { features: sizes.get('Features') ?? 0, code: sizes.get('Encoder') ?? 0, references, neighbours };
}

/** How many numbers it has learned, and how many more it looks up. */
export function counted({ layers }: Diagram): { readonly parameters: number; readonly stored: number } {
  return { parameters: layers.reduce((sum, layer) => sum + layer.parameters, 0), stored: layers.reduce((sum, layer) => sum + layer.stored, 0) };
}
