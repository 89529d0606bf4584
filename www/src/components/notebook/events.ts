/** What the notebook's components tell. */
import type { Selection } from '../../shapes.notebook';

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

  constructor(index: number) {
    super('image-open', { bubbles: true, composed: true });
    this.index = index;
  }
}

declare global {
  interface HTMLElementEventMap {
    explore: ExploreEvent;
    'images-wanted': ImagesWantedEvent;
    'image-open': ImageOpenEvent;
  }
}
