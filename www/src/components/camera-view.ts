/**
 * The camera as a source of pictures: nothing at all without a camera, a button with one; once pressed, the live picture
 * and what to do with it. The camera is released as soon as it is not needed.
 *
 * Events: `picture-chosen`, `camera-failed`.
 */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { allows, isFramed } from '../framed';
import { t } from '../messages';
import { Newest } from '../newest';
import { dialog } from '../styles/dialog';
import { shared } from '../styles/shared';
import { Camera } from './camera';
import { CameraFailedEvent, PictureChosenEvent } from './events';
import { passFocus } from './focus';

export class CameraView extends LitElement {
  static override styles = [
    shared,
    dialog,
    css`
      :host {
        display: contents;
      }
      video {
        display: block;
        width: 100%;
        aspect-ratio: 4 / 3;
        margin-block: var(--space-3);
        border-radius: var(--radius-s);
        background: var(--stage);
        object-fit: contain;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
    `,
  ];
  static override properties = { present: { state: true }, live: { state: true } };

  declare present: boolean;
  /** The stream that has shown a picture: there is nothing to take before. */
  declare live: MediaStream | undefined;
  readonly #camera = new Camera(
    () => navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } } }),
    () => this.requestUpdate(),
  );
  readonly #looks = new Newest();

  constructor() {
    super();
    this.present = false;
    this.live = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#look();
    if (hasDevices()) navigator.mediaDevices.addEventListener('devicechange', this.#look);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (hasDevices()) navigator.mediaDevices.removeEventListener('devicechange', this.#look);
    this.#looks.end();
    this.#dialog?.close();
    this.#camera.close();
  }

  /** Whether there is a camera: browsers tell so much without permission. Where they do not, it is as before. */
  readonly #look = (): void => {
    if (!hasDevices()) return;
    void this.#looks.run(
      () => navigator.mediaDevices.enumerateDevices(),
      (devices) => (this.present = devices.some(({ kind }) => kind === 'videoinput')),
      () => undefined,
    );
  };

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('present') || this.present) return;
    // The dialog goes with the last camera, without being closed.
    if (this.#dialog?.open) this.#lose(() => t.camera.gone);
    // So does the button: the focus stays at the place of pictures.
    if (this.shadowRoot?.activeElement) passFocus(this.parentElement);
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  #open(): void {
    if (!this.#dialog?.open) this.#dialog?.showModal();
    this.#camera.open(
      (thrown) => this.#lose(problem(thrown)),
      () => this.#lose(() => t.camera.gone),
    );
  }

  #closed(): void {
    // Told some time after it was closed: it may be open again.
    if (!this.#dialog?.open) this.#camera.close();
  }

  #lose(problem: () => string): void {
    this.#dialog?.close();
    this.#camera.close();
    this.dispatchEvent(new CameraFailedEvent(problem));
  }

  #take(): void {
    const video = this.renderRoot.querySelector('video');
    if (!video) return;
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    this.#dialog?.close();
    canvas.toBlob((picture) => {
      if (picture) this.dispatchEvent(new PictureChosenEvent(picture, () => t.camera.name));
    });
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.present) return nothing;
    const { stream } = this.#camera;
    const isLive = stream !== undefined && stream === this.live;
    // `live`: an object is set anew at every rendering, and a video given its stream anew starts from nothing.
    return html`<button type="button" class="camera" @click=${() => this.#open()}>${t.drop.camera}</button>
      <dialog aria-labelledby="title" @close=${() => this.#closed()}>
        <h2 id="title">${t.camera.title}</h2>
        <video autoplay playsinline muted .srcObject=${live(stream ?? null)} @loadeddata=${() => (this.live = stream)} aria-label=${t.camera.view}></video>
        <div class="row">
          <button type="button" class="primary" ?disabled=${!isLive} @click=${() => this.#take()}>${t.camera.take}</button>
          <button type="button" @click=${() => this.#dialog?.close()}>${t.camera.cancel}</button>
        </div>
        <p class="soft small" role="status">${isLive ? nothing : t.camera.opening}</p>
      </dialog>`;
  }
}

/** Insecure contexts and old browsers have none, whatever the types say. */
function hasDevices(): boolean {
  return 'mediaDevices' in navigator && 'getUserMedia' in navigator.mediaDevices;
}

/** Why it does not open, in the language in use. */
function problem(thrown: unknown): () => string {
  const isRefused = thrown instanceof DOMException && ['NotAllowedError', 'SecurityError'].includes(thrown.name);
  // In a frame the visitor's own refusal looks the same, unless the browser says that the pages around allow it.
  const isKept = isRefused && isFramed() && allows('camera') !== true;
  return () => (isKept ? t.embed.camera : isRefused ? t.camera.refused : t.camera.failed(thrown instanceof Error ? thrown.message : String(thrown)));
}
