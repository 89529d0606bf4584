/** What was thrown, as a text for the visitor. */
import { codeOf, failure } from '../engine/failure';
import { t } from '../messages';
import { Refusal } from './picture/refusal';

/** A refusal tells itself, an error with a code is told by its code; any other was written by the browser. */
export function describeFailure(thrown: unknown): string {
  if (thrown instanceof Refusal) return thrown.tell();
  if (codeOf(thrown) !== undefined) return t.errors.failure(failure(thrown));
  return thrown instanceof Error ? thrown.message : String(thrown);
}
