/** What the components tell. Each event is a class with its data in fields; those that have to cross a shadow root say so. */
import type { Frame, ModelId, Picture, Place, Recipe } from '../shapes';
import type { Kind } from './example-row';
import type { Mark } from './sketch/marks';

/** `text` is for the status line. */
export class AnnounceEvent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('announce');
    this.text = text;
  }
}

/** A picture from outside, with its name in the language in use. */
export class PictureChosenEvent extends Event {
  readonly picture: Blob;
  readonly name: () => string;

  constructor(picture: Blob, name: () => string) {
    super('picture-chosen');
    this.picture = picture;
    this.name = name;
  }
}

/** What was dropped or pasted is no file. */
export class PictureMissingEvent extends Event {
  constructor() {
    super('picture-missing');
  }
}

/** One of the examples is to be put into the lab: its kind, and which of that kind. */
export class ExampleChosenEvent extends Event {
  readonly kind: Kind;
  readonly rank: number;

  constructor(kind: Kind, rank: number) {
    super('example-chosen');
    this.kind = kind;
    this.rank = rank;
  }
}

/** A garment that is shown somewhere is to be looked at in the lab: 784 bytes, 255 = ink, and its class. Bubbles and is composed. */
export class GarmentOpenEvent extends Event {
  readonly grey: Uint8Array;
  readonly label: number;

  constructor(grey: Uint8Array, label: number) {
    super('garment-open', { bubbles: true, composed: true });
    this.grey = grey;
    this.label = label;
  }
}

export class SampleWantedEvent extends Event {
  constructor() {
    super('sample-wanted');
  }
}

/** Why there is no picture, in the language in use. */
export class CameraFailedEvent extends Event {
  readonly problem: () => string;

  constructor(problem: () => string) {
    super('camera-failed');
    this.problem = problem;
  }
}

/** The visitor changes the drawing: told at once, before the change itself. */
export class SketchBegunEvent extends Event {
  constructor() {
    super('sketch-begun');
  }
}

/** The drawing has changed, at most once a frame; `picture` and `marks` are read by those who want them. */
export class SketchChangeEvent extends Event {
  readonly blank: boolean;
  readonly picture: () => Picture;
  readonly marks: () => readonly Mark[];

  constructor(blank: boolean, picture: () => Picture, marks: () => readonly Mark[]) {
    super('sketch-change');
    this.blank = blank;
    this.picture = picture;
    this.marks = marks;
  }
}

/** The visitor wants a model that did not load. */
export class ModelRetryEvent extends Event {
  readonly model: ModelId;

  constructor(model: ModelId) {
    super('model-retry');
    this.model = model;
  }
}

/** The visitor wants to know what a model is. Bubbles and is composed. */
export class CardWantedEvent extends Event {
  readonly model: ModelId;

  constructor(model: ModelId) {
    super('card-wanted', { bubbles: true, composed: true });
    this.model = model;
  }
}

/** The models to show, in order. */
export class ModelsChosenEvent extends Event {
  readonly models: readonly ModelId[];

  constructor(models: readonly ModelId[]) {
    super('models-chosen');
    this.models = models;
  }
}

export class RecipeChosenEvent extends Event {
  readonly recipe: Recipe;

  constructor(recipe: Recipe) {
    super('recipe-chosen');
    this.recipe = recipe;
  }
}

/** A step of the preparation is to be switched, by its name. */
export class StepSwitchEvent extends Event {
  readonly step: string;

  constructor(step: string) {
    super('step-switch');
    this.step = step;
  }
}

/** What the visitor says of the picture: where its ground is, and which part of it counts. */
export class RegionChangeEvent extends Event {
  readonly ground: Place | undefined;
  readonly frame: Frame | undefined;

  constructor(ground: Place | undefined, frame: Frame | undefined) {
    super('region-change');
    this.ground = ground;
    this.frame = frame;
  }
}

/** All steps are to be as the recipe has them. */
export class StepsResetEvent extends Event {
  constructor() {
    super('steps-reset');
  }
}

/** Bubbles and is composed: the notebook asks for it too. `models`: those that are wanted before all others. */
export class MeasureStartEvent extends Event {
  readonly models: readonly ModelId[];

  constructor(models: readonly ModelId[] = []) {
    super('measure-start', { bubbles: true, composed: true });
    this.models = models;
  }
}

/** The visitor is to be brought to a section, and to a panel in it. Bubbles and is composed. */
export class PlaceWantedEvent extends Event {
  readonly place: string;
  readonly panel: string | undefined;

  constructor(place: string, panel?: string) {
    super('place-wanted', { bubbles: true, composed: true });
    this.place = place;
    this.panel = panel;
  }
}

export class MeasureCancelEvent extends Event {
  constructor() {
    super('measure-cancel');
  }
}

/** The visitor's copy of the test set. Bubbles and is composed. */
export class TestFilesEvent extends Event {
  readonly files: readonly File[];

  constructor(files: readonly File[]) {
    super('test-files', { bubbles: true, composed: true });
    this.files = files;
  }
}

declare global {
  interface HTMLElementEventMap {
    announce: AnnounceEvent;
    'picture-chosen': PictureChosenEvent;
    'picture-missing': PictureMissingEvent;
    'sample-wanted': SampleWantedEvent;
    'camera-failed': CameraFailedEvent;
    'sketch-begun': SketchBegunEvent;
    'sketch-change': SketchChangeEvent;
    'model-retry': ModelRetryEvent;
    'card-wanted': CardWantedEvent;
    'models-chosen': ModelsChosenEvent;
    'recipe-chosen': RecipeChosenEvent;
    'step-switch': StepSwitchEvent;
    'region-change': RegionChangeEvent;
    'steps-reset': StepsResetEvent;
    'measure-start': MeasureStartEvent;
    'place-wanted': PlaceWantedEvent;
    'measure-cancel': MeasureCancelEvent;
    'test-files': TestFilesEvent;
  }
}
