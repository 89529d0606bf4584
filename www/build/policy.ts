/** The page's content security policy: looser for the development server, exact in the build, and written out for servers to send. */
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const POLICY = /(<meta\s+http-equiv="Content-Security-Policy"\s+content=")([^"]+)("\s*\/?>)/;
const INLINE = /<(style|script)>(.*?)<\/\1>/gs;

/** The development server injects styles inline. */
export function developmentPolicy(): Plugin {
  return {
    name: 'vitrine-development-policy',
    apply: 'serve',
    transformIndexHtml(html, context) {
      return context.server ? html.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'") : html;
    },
  };
}

/** Allows what is inline by its hash; writes `policy.txt`, the policy alone, and `_headers`, all that a server should send. */
export function policyFiles(): Plugin {
  return {
    name: 'vitrine-policy',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('the build gave no index.html');
        const { html, policy } = withHashes(String(page.source));
        page.source = html;
        this.emitFile({ type: 'asset', fileName: 'policy.txt', source: `${policy}\n` });
        this.emitFile({ type: 'asset', fileName: '_headers', source: headers(policy) });
      },
    },
  };
}

/** `html` with a policy that allows its own inline styles and scripts, and that policy. */
export function withHashes(html: string): { readonly html: string; readonly policy: string } {
  const inline = [...html.matchAll(INLINE)];
  const hashes = (wanted: string): string =>
    inline.flatMap(([, element, content = '']) => (element === wanted ? [` 'sha256-${createHash('sha256').update(content).digest('base64')}'`] : [])).join('');
  const [, before = '', loose = '', after = ''] = POLICY.exec(html) ?? [];
  if (loose === '') throw new Error('index.html has no content security policy');
  const policy = loose.replace(/(style|script)-src 'self'/g, (source, element: string) => source + hashes(element));
  return { html: html.replace(POLICY, () => before + policy + after), policy };
}

/** In the form that Netlify, Cloudflare Pages and others read; for the rest, to be copied. */
const headers = (policy: string): string => `# What a server should send with these files; a site that is not at its host's root puts its path before each of these.
/*
  Content-Security-Policy: ${policy}
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Permissions-Policy: camera=(self), microphone=(), geolocation=()
/
  Cache-Control: no-cache
/index.html
  Cache-Control: no-cache
/sw.js
  Cache-Control: no-cache
/assets/*
  Cache-Control: public, max-age=31536000, immutable
`;
