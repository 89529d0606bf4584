/**
 * The frame's content security policy, by its address: 'self' means nothing to WebKit in a frame without an origin. A script has to
 * write it, before all others; nothing else stands in the HTML.
 */

/** A policy that allows the files of `folder` and nothing else. */
export function policyOf(folder: string): string {
  // What parts policies and directives may stand in a path.
  const site = folder.replace(/[;,]/g, encodeURIComponent);
  return `default-src 'none'; script-src ${site} 'wasm-unsafe-eval'; style-src ${site}; worker-src ${site} blob:; connect-src ${site}; img-src ${site} data: blob:; base-uri 'none'; form-action 'none'`;
}

/** Puts it in force. */
export function restrict(): void {
  const meta = document.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = policyOf(new URL('.', location.href).href);
  document.head.append(meta);
}
