/** What is written for servers: every one sends the same. */
import { expect, test } from 'vitest';
import { hostFiles } from './host-files';

const POLICY = "default-src 'none'; script-src 'self' 'sha256-abc='";
const files = hostFiles(POLICY);

test('the policy stands alone in its file, and whole in every server’s', () => {
  expect(files.get('policy.txt')).toBe(`${POLICY}\n`);
  expect(files.get('_headers')).toContain(`  Content-Security-Policy: ${POLICY}\n`);
  expect(files.get('.htaccess')).toContain(`  Header always set Content-Security-Policy "${POLICY}"\n`);
  // A block of nginx's with one header of its own has none of the block around it.
  expect(files.get('nginx.conf')?.split(`add_header Content-Security-Policy "${POLICY}" always;`)).toHaveLength(3);
});

test('every server is told every header, how long files last, and the type of wasm', () => {
  const names = [...(files.get('_headers') ?? '').matchAll(/^ {2}([\w-]+):/gm)].map(([, name]) => name);
  expect(new Set(names)).toEqual(new Set(['Content-Security-Policy', 'X-Content-Type-Options', 'Referrer-Policy', 'Permissions-Policy', 'Access-Control-Allow-Origin', 'Cache-Control']));
  for (const server of ['.htaccess', 'nginx.conf']) {
    const text = files.get(server) ?? '';
    for (const name of names) expect(text).toContain(`${name ?? ''} "`);
    expect(text).toContain('"public, max-age=31536000, immutable"');
    expect(text).toContain('"no-cache"');
    expect(text).toMatch(/application\/wasm \.?wasm/);
  }
});

test('no value ends the quotes in which it stands', () => {
  expect(() => hostFiles('default-src "none"')).toThrow(/"/);
});
