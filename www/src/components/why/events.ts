/** What the components that explain an answer tell. */
import type { ModelId } from '../../shapes';
import type { Distortion, MapsSeen } from '../../shapes.why';
import type { Measure } from './evidence';

/** The class whose evidence is shown; `undefined` for each model's own answer. */
export class TargetChangeEvent extends Event {
  readonly label: number | undefined;

  constructor(label: number | undefined) {
    super('target-change');
    this.label = label;
  }
}

export class MeasureChangeEvent extends Event {
  readonly measure: Measure;

  constructor(measure: Measure) {
    super('measure-change');
    this.measure = measure;
  }
}

export class OcclusionStopEvent extends Event {
  constructor() {
    super('occlusion-stop');
  }
}

export class OcclusionResumeEvent extends Event {
  constructor() {
    super('occlusion-resume');
  }
}

/** The network whose layers are shown. */
export class ModelChangeEvent extends Event {
  readonly model: ModelId;

  constructor(model: ModelId) {
    super('model-change');
    this.model = model;
  }
}

/** One filter or map of a sheet is wanted large, counted from 0. */
export class TileChosenEvent extends Event {
  readonly tile: number;

  constructor(tile: number) {
    super('tile-chosen');
    this.tile = tile;
  }
}

/** The pointer is on one of a sheet, or on none. */
export class TilePointedEvent extends Event {
  readonly tile: number | undefined;

  constructor(tile: number | undefined) {
    super('tile-pointed');
    this.tile = tile;
  }
}

/** What is seen of a network's layers. */
export class MapsChangeEvent extends Event {
  readonly part: Partial<MapsSeen>;

  constructor(part: Partial<MapsSeen>) {
    super('maps-change');
    this.part = part;
  }
}

/** The amounts that change. */
export class DistortionChangeEvent extends Event {
  readonly part: Partial<Distortion>;

  constructor(part: Partial<Distortion>) {
    super('distortion-change');
    this.part = part;
  }
}

/** No distortion at all. */
export class DistortionResetEvent extends Event {
  constructor() {
    super('distortion-reset');
  }
}

/** Another seed for what is random. */
export class DistortionReseedEvent extends Event {
  constructor() {
    super('distortion-reseed');
  }
}

declare global {
  interface HTMLElementEventMap {
    'target-change': TargetChangeEvent;
    'measure-change': MeasureChangeEvent;
    'occlusion-stop': OcclusionStopEvent;
    'occlusion-resume': OcclusionResumeEvent;
    'model-change': ModelChangeEvent;
    'tile-chosen': TileChosenEvent;
    'tile-pointed': TilePointedEvent;
    'maps-change': MapsChangeEvent;
    'distortion-change': DistortionChangeEvent;
    'distortion-reset': DistortionResetEvent;
    'distortion-reseed': DistortionReseedEvent;
  }
}
