/** What was thrown, as a text for the visitor. */
import { failure, isTrap } from '../engine/failure';
import { t } from '../messages';

/** An error with a code is told by its code; any other was written for the visitor, or by the browser. */
export function fault(thrown: unknown): string {
  const hasCode = thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string';
  if (hasCode || isTrap(thrown)) return t.errors.failure(failure(thrown));
  return thrown instanceof Error ? thrown.message : String(thrown);
}
