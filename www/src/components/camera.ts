/** A camera that is in use only while it is wanted: a stream that nobody waits for any more is stopped, whenever it comes. */
import { Newest } from '../newest';

export class Camera {
  readonly #request: () => Promise<MediaStream>;
  readonly #changed: () => void;
  readonly #opening = new Newest();
  #stream: MediaStream | undefined;

  /** `request`: asks for a stream, and maybe for permission; `changed`: called when `stream` is another. */
  constructor(request: () => Promise<MediaStream>, changed: () => void) {
    this.#request = request;
    this.#changed = changed;
  }

  /** What the camera sees, while it is open. */
  get stream(): MediaStream | undefined {
    return this.#stream;
  }

  /** Opens it, instead of what was open or being opened. `failed`: told why it does not open. `ended`: called when the camera goes away. */
  open(failed: (thrown: unknown) => void, ended: () => void): void {
    this.close();
    void this.#opening.run(
      this.#request,
      (stream) => {
        this.#stream = stream;
        for (const track of stream.getTracks()) {
          track.addEventListener('ended', () => {
            if (this.#stream === stream) ended();
          });
        }
        this.#changed();
      },
      failed,
      stop,
    );
  }

  /** Releases it; what is being opened is released when it comes. */
  close(): void {
    this.#opening.end();
    if (!this.#stream) return;
    stop(this.#stream);
    this.#stream = undefined;
    this.#changed();
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
