/** Undo and redo against a list of all states. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { History } from './history';

test('undo and redo walk along the states; a change cuts off the future', () => {
  const action = fc.constantFrom('change', 'undo', 'redo');
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const history = new History<number>(100);
      const states = [0];
      let at = 0;
      let now = 0;
      actions.forEach((kind, step) => {
        if (kind === 'change') {
          history.record(now);
          now = step + 1;
          states.splice(at + 1);
          states.push(now);
          at++;
        } else if (kind === 'undo') {
          now = history.undo(now) ?? now;
          at = Math.max(0, at - 1);
        } else {
          now = history.redo(now) ?? now;
          at = Math.min(states.length - 1, at + 1);
        }
        expect(now).toBe(states[at]);
        expect([history.canUndo, history.canRedo]).toEqual([at > 0, at < states.length - 1]);
      });
    }),
  );
});

test('keeps no more than its limit', () => {
  const history = new History<number>(2);
  for (const state of [1, 2, 3]) history.record(state);
  expect([history.undo(4), history.undo(3), history.undo(2)]).toEqual([3, 2, undefined]);
});
