/**
 * The camera as a source of pictures: nothing at all without a camera, a button with one; once pressed, the live picture
 * and what to do with it. The camera is released as soon as it is not needed.
 *
 * Events: `picture-chosen`, `camera-failed`.
 */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { t } from '../messages';
import { dialog } from '../styles/dialog';
import { shared } from '../styles/shared';
import { CameraFailedEvent, PictureChosenEvent } from './events';

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
  static override properties = { present: { state: true }, stream: { state: true } };

  declare present: boolean;
  declare stream: MediaStream | undefined;

  constructor() {
    super();
    this.present = false;
    this.stream = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#look();
    if (hasDevices()) navigator.mediaDevices.addEventListener('devicechange', this.#look);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (hasDevices()) navigator.mediaDevices.removeEventListener('devicechange', this.#look);
    this.#release();
  }

  /** Whether there is a camera: browsers tell so much without permission. */
  readonly #look = (): void => {
    if (!hasDevices()) return;
    void navigator.mediaDevices
      .enumerateDevices()
      .catch(() => [])
      .then((devices) => (this.present = devices.some(({ kind }) => kind === 'videoinput')));
  };

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  async #open(): Promise<void> {
    this.#dialog?.showModal();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } } });
      if (this.#dialog?.open) this.stream = stream;
      else stop(stream);
    } catch (thrown) {
      this.#dialog?.close();
      const isRefused = thrown instanceof DOMException && ['NotAllowedError', 'SecurityError'].includes(thrown.name);
      const problem = (): string => (isRefused ? t.camera.refused : t.camera.failed(thrown instanceof Error ? thrown.message : String(thrown)));
      this.dispatchEvent(new CameraFailedEvent(problem));
    }
  }

  #take(): void {
    const video = this.renderRoot.querySelector('video');
    if (!video?.videoWidth) return;
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    this.#dialog?.close();
    canvas.toBlob((picture) => {
      if (picture) this.dispatchEvent(new PictureChosenEvent(picture, () => t.camera.name));
    });
  }

  #release(): void {
    if (this.stream) stop(this.stream);
    this.stream = undefined;
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.present) return nothing;
    return html`<button type="button" class="camera" @click=${() => void this.#open()}>${t.drop.camera}</button>
      <dialog aria-labelledby="title" @close=${() => this.#release()}>
        <h2 id="title">${t.camera.title}</h2>
        <video autoplay playsinline muted .srcObject=${this.stream ?? null} aria-label=${t.camera.view}></video>
        <div class="row">
          <button type="button" class="primary" ?disabled=${!this.stream} @click=${() => this.#take()}>${t.camera.take}</button>
          <button type="button" @click=${() => this.#dialog?.close()}>${t.camera.cancel}</button>
        </div>
        <p class="soft small" role="status">${this.stream ? nothing : t.camera.opening}</p>
      </dialog>`;
  }
}

/** Insecure contexts and old browsers have none, whatever the types say. */
function hasDevices(): boolean {
  return 'mediaDevices' in navigator && 'getUserMedia' in navigator.mediaDevices;
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
