/** What the engine of a frame is made of: the site's parts, and a worker that starts without an origin, too. */
import type { Artefacts } from '../engine/engine';
import { isOpaque } from '../framed';
import { classicWorker } from './classic';
import { artefacts as site } from './site';

export const artefacts: Artefacts = {
  ...site,
  // A frame has no service worker that would answer with what is kept.
  cache: undefined,
  spawn: (role, mute) => (isOpaque() ? classicWorker(new URL(__CLASSIC_WORKER__, location.href).href) : site.spawn(role, mute)),
};
