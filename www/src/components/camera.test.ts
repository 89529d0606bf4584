/** The camera, however late a permission is given: no track that nobody waits for goes on. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Camera } from './camera';

class Track extends EventTarget {
  isLive = true;

  stop(): void {
    this.isLive = false;
  }

  /** The camera is unplugged: unlike a stop, that is told. */
  end(): void {
    this.isLive = false;
    this.dispatchEvent(new Event('ended'));
  }
}

/** A visitor who takes time to give or refuse permission, and whose streams are kept. */
class Visitor {
  readonly tracks: Track[] = [];
  readonly failed: unknown[] = [];
  ended = 0;
  readonly #asked: { readonly give: () => void; readonly refuse: () => void }[] = [];
  readonly camera = new Camera(
    () =>
      new Promise((resolve, reject) => {
        this.#asked.push({
          give: () => {
            const track = new Track();
            this.tracks.push(track);
            resolve({ getTracks: () => [track] } as unknown as MediaStream);
          },
          refuse: () => reject(new DOMException('no', 'NotAllowedError')),
        });
      }),
    () => undefined,
  );

  open(): void {
    this.camera.open(
      (thrown) => this.failed.push(thrown),
      () => this.ended++,
    );
  }

  /** Answers the `at`th of the questions that wait. */
  async answer(at: number, answer: 'give' | 'refuse'): Promise<void> {
    this.#asked.splice(at % Math.max(1, this.#asked.length), 1)[0]?.[answer]();
    await Promise.resolve();
    await Promise.resolve();
  }

  get live(): number {
    return this.tracks.filter(({ isLive }) => isLive).length;
  }
}

describe('a camera', () => {
  it('that is opened twice while permission is pending leaves one track', async () => {
    const visitor = new Visitor();
    visitor.open();
    visitor.camera.close();
    visitor.open();
    await visitor.answer(0, 'give');
    await visitor.answer(0, 'give');
    expect(visitor.live).toBe(1);
    visitor.camera.close();
    expect(visitor.live).toBe(0);
  });

  it('that is closed while permission is pending leaves none, and a refusal is no news then', async () => {
    for (const answer of ['give', 'refuse'] as const) {
      const visitor = new Visitor();
      visitor.open();
      visitor.camera.close();
      await visitor.answer(0, answer);
      expect([visitor.live, visitor.failed, visitor.camera.stream]).toEqual([0, [], undefined]);
    }
  });

  it('that goes away is told of, once, and only while it is open', async () => {
    const visitor = new Visitor();
    visitor.open();
    await visitor.answer(0, 'give');
    visitor.tracks[0]?.end();
    expect(visitor.ended).toBe(1);
    visitor.camera.close();
    visitor.tracks[0]?.end();
    expect(visitor.ended).toBe(1);
  });

  it('never leaves a track that is not shown, whatever happens in whatever order', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constant('open' as const), fc.constant('close' as const), fc.record({ at: fc.nat(5), answer: fc.constantFrom('give' as const, 'refuse' as const) })), { maxLength: 20 }),
        async (actions) => {
          const visitor = new Visitor();
          for (const action of actions) {
            if (action === 'open') visitor.open();
            else if (action === 'close') visitor.camera.close();
            else await visitor.answer(action.at, action.answer);
            expect(visitor.live).toBe(visitor.camera.stream ? 1 : 0);
          }
        },
      ),
    ));
});
