/** Tells the document which language it is in. Without any texts: it is told before the first paint, too. */
import { directionOf, type Tag } from '../messages/tags';

export function tellDocument(tag: Tag): void {
  document.documentElement.lang = tag;
  document.documentElement.dir = directionOf(tag);
}
