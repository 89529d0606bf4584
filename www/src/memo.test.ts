import { expect, test } from 'vitest';
import { memo } from './memo';

test('one value for as long as the arguments are the same', () => {
  const made = memo((text: string, times: number) => ({ text: text.repeat(times) }));
  const first = made('a', 2);
  expect(first.text).toBe('aa');
  expect(made('a', 2)).toBe(first);
  expect(made('a', 3).text).toBe('aaa');
  expect(made('b', 3).text).toBe('bbb');
  expect(made('a', 2)).not.toBe(first);
});
