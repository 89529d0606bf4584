/**
 * The sketch pad: draws with mouse, touch, pen and keyboard, and knows no model.
 *
 * What stands in it is shown right under the drawing. Events: `sketch-begun` when the visitor changes the drawing,
 * `sketch-change` whenever it changed; `announce`.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { t } from '../../messages';
import { inContext } from '../../messages/context';
import { shared } from '../../styles/shared';
import type { Picture } from '../../shapes';
import { button } from '../button';
import { AnnounceEvent, SketchBegunEvent, SketchChangeEvent } from '../events';
import { Cursor } from './cursor';
import type { Seed } from './enclosed';
import { GHOSTS } from './ghosts';
import { CELLS, type Mark, type Nib, WIDTHS } from './marks';
import { padStyles } from './styles';
import { Surface } from './surface';
import { Pointers, type Tool } from './pointers';

const TOOLS: readonly Tool[] = ['brush', 'eraser', 'fill'];
/** Bright to dim; the dimmest is still far from blank. */
const GREYS = [255, 200, 145, 90];
/** Cloth is seldom white: in the second of them a drawing is most like the training pictures. */
const USUAL_INK = GREYS[1] ?? 255;
/** The brush's usual width, in the network's pixels. */
const USUAL = 3;

export class SketchPad extends LitElement {
  static override styles = [shared, padStyles];
  static override properties = { tool: { state: true }, ink: { state: true }, size: { state: true }, isKeyed: { state: true }, enclosed: { state: true } };

  declare tool: Tool;
  declare ink: number;
  declare size: number;
  /** Whether the visitor draws by keyboard: its cursor is shown, and keys draw instead of scrolling. */
  declare isKeyed: boolean;
  /** Areas that are enclosed and not filled. */
  declare enclosed: readonly Seed[];
  readonly #canvas = document.createElement('canvas');
  readonly #surface = new Surface(this.#canvas);
  readonly #cursor = new Cursor(this.#surface);
  readonly #pointers: Pointers;
  /** What to draw, without a word: another class at each visit. */
  readonly #ghost = GHOSTS[Math.floor(Math.random() * GHOSTS.length)] ?? '';
  #frame = 0;
  #blank = true;

  constructor() {
    super();
    this.tool = 'brush';
    this.ink = USUAL_INK;
    this.size = USUAL;
    this.isKeyed = false;
    this.enclosed = [];
    this.#pointers = new Pointers(this.#canvas, this.#surface, {
      tool: () => this.tool,
      nib: () => this.#nib(),
      changed: () => {
        this.isKeyed = false;
        this.#changed();
      },
      lifted: () => this.#offer(),
    });
    this.#canvas.tabIndex = 0;
    this.#canvas.setAttribute('role', 'application');
    this.#canvas.setAttribute('aria-describedby', 'hint keys');
    this.#canvas.addEventListener('keydown', (event) => this.#key(event));
    this.#canvas.addEventListener('focus', () => {
      this.isKeyed = !this.#pointers.isFocusing && this.#canvas.matches(':focus-visible');
    });
    this.#canvas.addEventListener('blur', () => {
      this.#cursor.release();
      this.isKeyed = false;
    });
  }

  /** The drawing as it is. */
  get picture(): Picture {
    return this.#surface.picture();
  }

  /** What was done to draw it. */
  get marks(): readonly Mark[] {
    return this.#surface.marks;
  }

  /** Shows another drawing. */
  show(marks: readonly Mark[]): void {
    this.#pointers.cancel();
    this.#surface.show(marks);
    this.#offer();
    this.#changed(false);
  }

  override focus(options?: FocusOptions): void {
    this.#canvas.focus(options);
  }

  /** Whether nothing is drawn. */
  get blank(): boolean {
    return this.#blank;
  }

  #nib(): Nib {
    return { ink: this.tool === 'eraser' ? 0 : this.ink, width: this.size };
  }

  /** Tells of a change at most once a frame; that it is the visitor's, at once: what is asked for meanwhile is newer. */
  #changed(byHand = true): void {
    if (byHand) this.dispatchEvent(new SketchBegunEvent());
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#blank = this.#surface.isBlank;
      this.requestUpdate();
      this.dispatchEvent(new SketchChangeEvent(this.#blank, () => this.#surface.picture(), () => this.#surface.marks));
    });
  }

  /** Offers to fill what an outline encloses. */
  #offer(): void {
    this.enclosed = this.#surface.enclosed;
  }

  #fillIt(): void {
    this.#pointers.cancel();
    this.#surface.fillAll(this.enclosed, this.ink);
    this.enclosed = [];
    this.#canvas.focus({ preventScroll: true });
    this.#say(() => t.pad.filled);
    this.#changed();
  }

  #say(text: () => string): void {
    this.dispatchEvent(new AnnounceEvent(inContext(this, text)));
  }

  #act(action: 'undo' | 'redo' | 'clear', said: () => string): void {
    this.#pointers.cancel();
    this.#surface[action]();
    this.#offer();
    this.#say(said);
    this.#changed();
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey) {
      const key = event.key.toLowerCase();
      if (key === 'z' && event.shiftKey) this.#act('redo', () => t.pad.redone);
      else if (key === 'z') this.#act('undo', () => t.pad.undone);
      else if (key === 'y') this.#act('redo', () => t.pad.redone);
      else return;
      event.preventDefault();
      return;
    }
    if (!this.isKeyed) {
      // Whoever draws with a pointer scrolls with the keys; this one scrolls nothing.
      if (event.key !== 'Enter') return;
      this.isKeyed = true;
    }
    const outcome = this.#cursor.key(event.key, event.shiftKey, this.#nib());
    if (!outcome) return;
    event.preventDefault();
    if (!this.#cursor.held) this.#offer();
    this.#say(outcome.said);
    if (outcome.changed) this.#changed();
    this.requestUpdate();
  }

  #radio(name: 'tool' | 'ink', value: string, checked: boolean, label: string | TemplateResult, pick: () => void): TemplateResult {
    return html`<label><input type="radio" name=${name} .value=${value} .checked=${checked} @change=${pick} /><span>${label}</span></label>`;
  }

  override render(): TemplateResult {
    const { x, y, held } = this.#cursor;
    this.#canvas.setAttribute('aria-label', t.pad.canvas);
    return html`
      <div>
        <div class="stage ${this.isKeyed ? 'keys' : ''}">
          ${this.#canvas}
          <svg class="ghost" viewBox="0 0 ${CELLS} ${CELLS}" aria-hidden="true" ?hidden=${!this.#blank}><path d=${this.#ghost} /></svg>
          <span class="cursor ${held ? 'held' : ''}" .style=${`--x:${x};--y:${y}`}></span>
          ${this.enclosed.length > 0 ? html`<button type="button" class="offer" @click=${() => this.#fillIt()}>${t.pad.fillIt}</button>` : nothing}
        </div>
        <slot></slot>
      </div>
      <p class="sr" id="keys">${t.pad.keys}</p>
      <div class="tools">
        <fieldset class="segments">
          <legend class="sr">${t.pad.tool}</legend>
          ${TOOLS.map((tool) => this.#radio('tool', tool, this.tool === tool, t.pad[tool], () => (this.tool = tool)))}
        </fieldset>
        <div class="actions">
          ${button(t.pad.undo, this.#surface.canUndo, () => this.#act('undo', () => t.pad.undone))}
          ${button(t.pad.redo, this.#surface.canRedo, () => this.#act('redo', () => t.pad.redone))}
          ${button(t.pad.clear, !this.#blank, () => this.#act('clear', () => t.pad.cleared))}
        </div>
        <fieldset class="greys">
          <legend class="sr">${t.pad.grey}</legend>
          ${GREYS.map((ink) =>
            this.#radio(
              'ink',
              String(ink),
              this.ink === ink,
              html`<svg viewBox="0 0 24 24" aria-hidden="true"><rect width="24" height="24" fill=${`rgb(${ink},${ink},${ink})`} /></svg><span class="sr">${t.pad.greyLevel(ink)}</span>`,
              () => (this.ink = ink),
            ),
          )}
        </fieldset>
        <label class="size">
          <span>${t.pad.size}</span>
          <input
            type="range"
            min=${WIDTHS.least}
            max=${WIDTHS.most}
            step=${WIDTHS.step}
            .value=${String(this.size)}
            aria-valuetext=${t.pad.sizeText(this.size)}
            @input=${(event: Event) => (this.size = Number((event.target as HTMLInputElement).value))}
          />
        </label>
      </div>
      <p class="soft small" id="hint">${t.pad.hint}</p>
    `;
  }
}

