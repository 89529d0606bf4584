/** Addresses of this site's own scripts, as pages want them that take no strings there (`require-trusted-types-for 'script'`). */

interface Policies {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL(url: string): unknown };
}

const policies = (globalThis as { readonly trustedTypes?: Policies }).trustedTypes;
let policy: ReturnType<Policies['createPolicy']> | undefined;

/** `url`: known to be a script of this site's. A page that lists its policies has to list `vitrine`. */
export function trusted(url: string): string {
  policy ??= policies?.createPolicy('vitrine', { createScriptURL: (address) => address });
  // Where it is wanted it is taken for the text that it holds.
  return policy ? (policy.createScriptURL(url) as string) : url;
}
