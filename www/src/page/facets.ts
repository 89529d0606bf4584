/** What the page puts into a link, each under its key. A panel with something of its own to share adds a facet here. */
import { LEAST, WHOLE } from '../components/frame';
import { openPanels } from '../components/open-panels';
import { LONGEST_TASK } from '../components/share-panel';
import { decodeMarks, encodeMarks, NO_LIMITS } from '../components/sketch/codec';
import type { SketchPad } from '../components/sketch/sketch-pad';
import { fromBase64url, toBase64url } from '../base64url';
import { PIXELS, SIDE } from '../image';
import { language, t } from '../messages';
import type { Frame, Picture, Place, Recipe } from '../shapes';
import type { Lab, Looking } from '../lab/controller';
import type { State } from '../lab/state';
import { change, isUsual } from './language';
import type { Facet } from './share';

const RECIPES: readonly Recipe[] = ['photograph', 'light-on-dark', 'sketch', 'exact'];
const STEPS = /^(grey|trim|ground|fit|sharpen|centre|invert)(,(grey|trim|ground|fit|sharpen|centre|invert)){0,6}$/;
const PANELS = /^[\w.-]{1,40}(,[\w.-]{1,40}){0,39}$/;

/** In the order in which an address is taken: a new picture comes with its usual preparation, then what differs from it. */
export function facets(controller: Lab<Looking>, pad: () => SketchPad | null): Facet[] {
  const state = (): State => controller.state;
  return [
    {
      key: 'lang',
      read: () => (isUsual(language) ? undefined : language),
      write: change,
    },
    {
      key: 'task',
      read: () => state().task || undefined,
      write(task = '') {
        if (task.length > LONGEST_TASK) return false;
        // What turns the direction of writing could make the rest of the page read as something else.
        controller.set({ task: task.replaceAll(/\p{Bidi_Control}/gu, '') });
        return true;
      },
    },
    {
      key: 'models',
      read: () => (state().shown.length === state().models.length ? undefined : state().shown.join(',')),
      write(text) {
        const { models } = state();
        const wanted = text?.split(',') ?? models;
        if (!wanted.every((model) => models.includes(model))) return false;
        controller.set({ shown: models.filter((model) => wanted.includes(model)) });
        return true;
      },
    },
    {
      key: 'pixels',
      read() {
        const origin = state().guest?.origin;
        return origin?.kind === 'link' ? origin.pixels : undefined;
      },
      write(pixels) {
        const origin = state().guest?.origin;
        if (pixels === undefined) {
          if (origin?.kind === 'link') controller.dismissGuest();
          return true;
        }
        const picture = pictureOf(pixels);
        if (!picture) return false;
        if (origin?.kind !== 'link' || origin.pixels !== pixels) {
          controller.show({ picture, name: () => t.share.shared, origin: { kind: 'link', pixels } });
        }
        return true;
      },
    },
    {
      key: 'sample',
      read() {
        const origin = state().guest?.origin;
        return origin?.kind === 'sample' ? String(origin.index) : undefined;
      },
      write(text) {
        const origin = state().guest?.origin;
        if (text === undefined) {
          controller.expectNothing();
          if (origin?.kind === 'sample') controller.dismissGuest();
          return true;
        }
        if (!/^\d{1,5}$/.test(text)) return false;
        return (origin?.kind === 'sample' && origin.index === Number(text)) || controller.sample(Number(text));
      },
    },
    {
      key: 'recipe',
      read: () => (state().recipe === 'auto' ? undefined : state().recipe),
      write(text) {
        const recipe = text === undefined ? 'auto' : RECIPES.find((name) => name === text);
        if (recipe === undefined) return false;
        if (recipe !== state().recipe) controller.choose(recipe);
        return true;
      },
    },
    {
      key: 'steps',
      read: () => state().switched.join(',') || undefined,
      write(text) {
        if (text !== undefined && !STEPS.test(text)) return false;
        if ((text ?? '') !== state().switched.join(',')) controller.choose(state().recipe, text?.split(',') ?? []);
        return true;
      },
    },
    {
      key: 'ground',
      read: () => state().ground?.join(','),
      write: (text) => said(text, placeOf, (ground) => controller.region({ ground, frame: state().frame }), state().ground),
    },
    {
      key: 'frame',
      read: () => state().frame?.join(','),
      write: (text) => said(text, frameOf, (frame) => controller.region({ ground: state().ground, frame }), state().frame),
    },
    {
      key: 'draw',
      isStroke: true,
      read: () => drawn(pad),
      fits: (text) => decodeMarks(text) !== undefined,
      write(text) {
        const marks = text === undefined ? [] : decodeMarks(text, NO_LIMITS);
        if (!marks) return false;
        if (text !== drawn(pad)) pad()?.show(marks);
        return true;
      },
    },
    {
      key: 'open',
      read: () => [...openPanels.names].join(',') || undefined,
      write(text) {
        if (text !== undefined && !PANELS.test(text)) return false;
        openPanels.set(text?.split(',') ?? []);
        return true;
      },
    },
  ];
}

/** What a link says beyond the address: of a picture that stays here, the pixels that the models see. */
export function pixelsForLink({ state: { guest, prepared } }: Lab, pad: () => SketchPad | null): Readonly<Record<string, string | undefined>> {
  const drawing = drawn(pad);
  const isLong = !guest && drawing !== undefined && decodeMarks(drawing) === undefined;
  if ((guest?.origin.kind !== 'file' && !isLong) || !prepared || prepared.blank) return {};
  return { pixels: toBase64url(Uint8Array.from(prepared.pixels, (ink) => Math.round(ink * 255))), recipe: undefined, steps: undefined, ground: undefined, frame: undefined };
}

/** Takes numbers from an address; false refuses them. */
function said<Numbers extends readonly number[]>(text: string | undefined, read: (text: string) => Numbers | undefined, take: (value: Numbers | undefined) => void, now: Numbers | undefined): boolean {
  const value = text === undefined ? undefined : read(text);
  if (text !== undefined && !value) return false;
  if (value?.join(',') !== now?.join(',')) take(value);
  return true;
}

function placeOf(text: string): Place | undefined {
  const [x, y, ...more] = numbersOf(text);
  return x !== undefined && y !== undefined && more.length === 0 ? [x, y] : undefined;
}

function frameOf(text: string): Frame | undefined {
  const [left, top, width, height, ...more] = numbersOf(text);
  if (left === undefined || top === undefined || width === undefined || height === undefined || more.length > 0) return undefined;
  const isWithin = Math.min(width, height) >= LEAST && Math.max(left + width, top + height) <= WHOLE;
  return isWithin ? [left, top, width, height] : undefined;
}

/** Thousandths with commas between them; none of any other text. */
function numbersOf(text: string): number[] {
  const numbers = /^\d{1,4}(,\d{1,4})*$/.test(text) ? text.split(',').map(Number) : [];
  return numbers.every((number) => number <= WHOLE) ? numbers : [];
}

/** The drawing as text; `undefined` when there is none. */
function drawn(pad: () => SketchPad | null): string | undefined {
  const marks = pad()?.marks ?? [];
  return marks.length > 0 ? encodeMarks(marks) : undefined;
}

/** 784 bytes of ink as a picture; `undefined` for any other text. */
function pictureOf(text: string): Picture | undefined {
  const ink = fromBase64url(text);
  if (ink?.length !== PIXELS) return undefined;
  const rgba = new Uint8ClampedArray(ink.length * 4);
  ink.forEach((value, at) => rgba.set([value, value, value, 255], at * 4));
  return { rgba, width: SIDE, height: SIDE };
}
