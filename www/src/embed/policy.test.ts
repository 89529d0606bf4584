/** The frame's policy names its folder, whatever is in its path. */
import { expect, test } from 'vitest';
import { policyOf } from './policy';

test('all that is allowed is the folder, but for what comes out of the page itself', () => {
  const directives = new Map(policyOf('https://host/a;b,c/vitrine/').split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]));
  const site = 'https://host/a%3Bb%2Cc/vitrine/';
  expect(directives.get('default-src')).toEqual(["'none'"]);
  expect(directives.get('script-src')).toEqual([site, "'wasm-unsafe-eval'"]);
  expect(directives.get('connect-src')).toEqual([site]);
  expect(directives.get('worker-src')).toEqual([site, 'blob:']);
  expect(directives.get('base-uri')).toEqual(["'none'"]);
});
