/**
 * What the visitor has chosen in parts of the page that come late, as texts for a link: they take their part when they are
 * there, and put here what the visitor chooses in them.
 */
import type { Facet } from './share';

/** A value that is told for a class, a model and the like: `name:value`, the values without commas. */
const LIST = /^[a-z_]+:[\w.-]{1,40}(,[a-z_]+:[\w.-]{1,40}){0,11}$/;

/** By key, what a text may be. What it says is for those to judge who show it. */
const forms = {
  /** The sliders that are moved: components/why/distortions.ts. */
  distort: LIST,
  /** The class whose evidence is shown, its measure, the network whose layers are shown. */
  evidence: LIST,
  /** How a network's feature maps are shown, and which of them large. */
  maps: LIST,
  /** The explorer of confusions: models, cell or set. */
  cell: LIST,
  /** Whose calibration, and which class of it. */
  trust: LIST,
  /** The least confidence that is answered, in per cent. */
  threshold: /^(\d{1,2}|100)$/,
} as const satisfies Readonly<Record<string, RegExp>>;

export type ViewKey = keyof typeof forms;

/** What is moved rather than chosen: it changes the entry in force. */
const STROKES: ReadonlySet<ViewKey> = new Set(['distort', 'maps', 'threshold']);

/** Event: `change`. */
export class Views extends EventTarget {
  readonly #texts = new Map<ViewKey, string>();

  /** `undefined` for what is usual. */
  get(key: ViewKey): string | undefined {
    return this.#texts.get(key);
  }

  set(key: ViewKey, text: string | undefined): void {
    if (this.#texts.get(key) === text) return;
    if (text === undefined) this.#texts.delete(key);
    else this.#texts.set(key, text);
    this.dispatchEvent(new Event('change'));
  }
}

/** One for each key. */
export function viewFacets(views: Views): Facet[] {
  return Object.entries(forms).map(([name, form]) => {
    const key = name as ViewKey;
    return {
      key,
      ...(STROKES.has(key) ? { isStroke: true as const } : {}),
      read: () => views.get(key),
      write(text) {
        if (text !== undefined && !form.test(text)) return false;
        views.set(key, text);
        return true;
      },
    };
  });
}

/** The class that a text names, of so many. */
export function classIn(text: string | undefined, classes: number): number | undefined {
  const label = /^\d{1,3}$/.test(text ?? '') ? Number(text) : NaN;
  return label < classes ? label : undefined;
}

/** `name:value,name:value`; `undefined` for nothing. What is `undefined` is left out. */
export function listed(values: Readonly<Record<string, string | number | undefined>>): string | undefined {
  const parts = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`${name}:${value}`]));
  return parts.length > 0 ? parts.join(',') : undefined;
}

/** The reverse of {@link listed}. */
export function unlisted(text: string | undefined): ReadonlyMap<string, string> {
  return new Map((text?.split(',') ?? []).map((part): [string, string] => {
    const at = part.indexOf(':');
    return [part.slice(0, at), part.slice(at + 1)];
  }));
}
