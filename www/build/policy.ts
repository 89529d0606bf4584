/** The page's content security policy: looser for the development server, exact in the build, and written out for servers to send. */
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { hostFiles } from './host-files';

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

/** Allows what is inline by its hash; writes what servers should send. */
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
        // What a server sends goes with embed.html too, whose worker may come out of a blob; the page's own policy stays as it is.
        for (const [fileName, source] of hostFiles(policy.replace("worker-src 'self'", "worker-src 'self' blob:"))) this.emitFile({ type: 'asset', fileName, source });
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
