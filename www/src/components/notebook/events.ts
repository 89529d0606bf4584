/** What the notebook's components tell. */
import type { Selection, Walk } from '../../shapes.notebook';

/** The part of the selection that is to change. */
export class ExploreEvent extends Event {
  readonly part: Partial<Selection>;

  constructor(part: Partial<Selection>) {
    super('explore');
    this.part = part;
  }
}

/** The numbers of test images that are shown and not there yet. */
export class ImagesWantedEvent extends Event {
  readonly indices: readonly number[];

  constructor(indices: readonly number[]) {
    super('images-wanted');
    this.indices = indices;
  }
}

/** A test image is to be looked at in the lab. Bubbles and is composed. */
export class ImageOpenEvent extends Event {
  readonly index: number;
  /** The images that it is one of. */
  readonly walk: Walk | undefined;

  constructor(index: number, walk?: Walk) {
    super('image-open', { bubbles: true, composed: true });
    this.index = index;
    this.walk = walk;
  }
}

/** The class whose curves are brought forward, or the least confidence that is answered, in per cent. */
export class TrustEvent extends Event {
  readonly part: { readonly label?: number; readonly threshold?: number };

  constructor(part: TrustEvent['part']) {
    super('trust-change');
    this.part = part;
  }
}

declare global {
  interface HTMLElementEventMap {
    explore: ExploreEvent;
    'images-wanted': ImagesWantedEvent;
    'image-open': ImageOpenEvent;
    'trust-change': TrustEvent;
  }
}
