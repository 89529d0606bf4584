/** Live regions: the same sentence is said as often as there is reason to. */
import { expect, it } from 'vitest';
import { heard } from './heard';

it('the same sentence is never the same text twice in a row', () => {
  let text = '';
  for (const sentence of ['Undone', 'Undone', 'Undone', 'Redone', 'Undone', 'Undone']) {
    const next = heard(text, sentence);
    expect(next).not.toBe(text);
    expect(next.trim()).toBe(sentence);
    text = next;
  }
  expect(heard('', '')).toBe('');
});
