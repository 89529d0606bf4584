/**
 * The visitor's picture, and what the visitor says of it: where its ground is, and which part counts.
 *
 * Events: `region-change`, `announce`.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { t } from '../messages';
import type { Frame, Picture, Place } from '../shapes';
import { shared } from '../styles/shared';
import { AnnounceEvent, RegionChangeEvent } from './events';
import { FIRST, type Grip, gripAt, moved, placeAt, resized, sized, WHOLE } from './frame';
import { regionStyles } from './picture-region.styles';

/** Thousandths that a key moves something. */
const STEP = 20;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

export class PictureRegion extends LitElement {
  static override styles = [shared, regionStyles];
  static override properties = { picture: { attribute: false }, ground: { attribute: false }, frame: { attribute: false }, aiming: { state: true }, aim: { state: true } };

  declare picture: Picture | undefined;
  /** A place of the ground; nothing while nobody has said so. */
  declare ground: Place | undefined;
  /** The part that counts; nothing for all of it. */
  declare frame: Frame | undefined;
  /** Whether the next tap says where the ground is. */
  declare aiming: boolean;
  /** Where the keyboard would tap. */
  declare aim: Place;
  /** What is to have the focus, once it is there. */
  #wanted: string | undefined;
  /** What is being dragged: by which part of the frame, and from where. */
  #drag: { readonly grip: Grip; readonly from: Place; readonly frame: Frame } | undefined;

  constructor() {
    super();
    this.picture = undefined;
    this.ground = undefined;
    this.frame = undefined;
    this.aiming = false;
    this.aim = [WHOLE / 2, WHOLE / 2];
  }

  #tell(ground: Place | undefined, frame: Frame | undefined, say: string): void {
    this.dispatchEvent(new RegionChangeEvent(ground, frame));
    this.dispatchEvent(new AnnounceEvent(say));
  }

  /** Gives the focus to a part that may come only with a later update: the frame comes back from whoever keeps it. */
  #focus(selector: string): void {
    this.#wanted = selector;
    this.requestUpdate();
  }

  protected override updated(): void {
    const part = this.#wanted === undefined ? null : this.renderRoot.querySelector<HTMLElement>(this.#wanted);
    if (!part) return;
    this.#wanted = undefined;
    part.focus();
  }

  #toggleGround(): void {
    if (this.ground) {
      this.#tell(undefined, this.frame, t.region.forgotten);
      return;
    }
    this.aiming = !this.aiming;
    if (this.aiming) this.#focus('.aim');
  }

  #toggleFrame(): void {
    if (this.frame) {
      this.#tell(this.ground, undefined, t.region.whole);
      return;
    }
    this.aiming = false;
    this.#tell(this.ground, FIRST, t.region.box(FIRST));
    this.#focus('.frame');
  }

  /** Where in the picture a pointer is. */
  #at({ clientX, clientY }: MouseEvent): Place {
    const { left, top, width, height } = this.renderRoot.querySelector('.area')?.getBoundingClientRect() ?? new DOMRect();
    return placeAt((clientX - left) / width, (clientY - top) / height);
  }

  #tap(event: MouseEvent): void {
    // A key that presses it has no place of its own.
    const place = event.detail === 0 ? this.aim : this.#at(event);
    this.aiming = false;
    this.#tell(place, this.frame, t.region.tapped);
    this.#focus('.ground');
  }

  #aimKey(event: KeyboardEvent): void {
    const step = ARROWS[event.key];
    if (step) {
      event.preventDefault();
      this.aim = placeAt((this.aim[0] + step[0]) / WHOLE, (this.aim[1] + step[1]) / WHOLE);
    } else if (event.key === 'Escape') {
      this.aiming = false;
      this.#focus('.ground');
    }
  }

  #frameKey(event: KeyboardEvent): void {
    const { frame } = this;
    if (!frame) return;
    const step = ARROWS[event.key];
    if (step) {
      event.preventDefault();
      const next = event.shiftKey ? sized(frame, step) : moved(frame, step);
      this.#tell(this.ground, next, t.region.box(next));
    } else if (event.key === 'Escape') {
      this.#tell(this.ground, undefined, t.region.whole);
      this.#focus('.crop');
    }
  }

  #grab(event: PointerEvent): void {
    const { frame } = this;
    if (!frame || event.button !== 0) return;
    event.preventDefault();
    const area = event.currentTarget as HTMLElement;
    area.setPointerCapture(event.pointerId);
    const from = this.#at(event);
    const { width, height } = area.getBoundingClientRect();
    this.#drag = { grip: gripAt(frame, from, [width, height]), from, frame };
    this.renderRoot.querySelector<HTMLElement>('.frame')?.focus();
  }

  #pull(event: PointerEvent): void {
    if (!this.#drag) return;
    const { grip, from, frame } = this.#drag;
    this.dispatchEvent(new RegionChangeEvent(this.ground, resized(frame, grip, from, this.#at(event))));
  }

  #release(): void {
    if (this.#drag && this.frame) this.dispatchEvent(new AnnounceEvent(t.region.box(this.frame)));
    this.#drag = undefined;
  }

  #box(frame: Frame): TemplateResult {
    const [left, top, width, height] = frame.map((part) => `${part / 10}%`);
    return html`<div
      class="frame"
      role="group"
      tabindex="0"
      aria-label=${t.region.box(frame)}
      aria-describedby="keys"
      .style=${`left:${left};top:${top};width:${width};height:${height}`}
      @keydown=${(event: KeyboardEvent) => this.#frameKey(event)}
    ></div>`;
  }

  override render(): TemplateResult {
    const { picture, frame, ground, aiming } = this;
    const { width, height } = picture ?? { width: 1, height: 1 };
    const mark = ground ?? (aiming ? this.aim : undefined);
    return html`
      <div class="board">
        <vitrine-picture-view .picture=${picture}></vitrine-picture-view>
        <div class="over">
          <div
            class="area ${frame && !aiming ? 'framed' : ''}"
            .style=${`aspect-ratio:${width}/${height};${width >= height ? 'width' : 'height'}:100%`}
            @pointerdown=${(event: PointerEvent) => this.#grab(event)}
            @pointermove=${(event: PointerEvent) => this.#pull(event)}
            @pointerup=${() => this.#release()}
            @pointercancel=${() => this.#release()}
          >
            ${frame ? this.#box(frame) : nothing}
            ${aiming
              ? html`<button type="button" class="aim" aria-label=${t.region.aim} @click=${(event: MouseEvent) => this.#tap(event)} @keydown=${(event: KeyboardEvent) => this.#aimKey(event)} @pointerdown=${(event: Event) => event.stopPropagation()}></button>`
              : nothing}
            ${mark ? html`<span class="mark" .style=${`left:${mark[0] / 10}%;top:${mark[1] / 10}%`}></span>` : nothing}
          </div>
        </div>
      </div>
      <div class="row">
        <button type="button" class="ground" aria-pressed=${aiming || ground !== undefined} @click=${() => this.#toggleGround()}>${t.region.ground}</button>
        <button type="button" class="crop" aria-pressed=${frame !== undefined} @click=${() => this.#toggleFrame()}>${t.region.frame}</button>
      </div>
      <div class="soft small" id="keys" ?hidden=${!aiming && !frame}>${aiming ? t.region.aimHint : t.region.frameHint}</div>
    `;
  }
}
