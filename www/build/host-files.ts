/** What a server should send with the site's files, in the words of the servers that read such a file. */

/** With every answer. `policy`: the page's content security policy. */
const headers = (policy: string): readonly (readonly [string, string])[] => [
  ['Content-Security-Policy', policy],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  // Everything here is for everyone: a frame or a page without an origin may read it, too.
  ['Access-Control-Allow-Origin', '*'],
  ['Permissions-Policy', 'camera=(self), microphone=(), geolocation=()'],
];

/** Files named after their content, and all others. */
const [FOR_GOOD, ASKED_ANEW] = ['public, max-age=31536000, immutable', 'no-cache'];

/** Extensions whose types servers get wrong. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  'text/javascript': ['js'],
  'application/wasm': ['wasm'],
  'application/manifest+json': ['webmanifest'],
  'application/octet-stream': ['onnx', 'index', 'thumbnails', 'answers'],
};
const COMPRESSED = ['text/html', 'text/css', 'image/svg+xml', ...Object.keys(TYPES)];

/** File name → content. */
export function hostFiles(policy: string): ReadonlyMap<string, string> {
  if (policy.includes('"')) throw new Error(`a policy with " in it cannot be written for servers: ${policy}`);
  return new Map([
    ['policy.txt', `${policy}\n`],
    ['_headers', pages(policy)],
    ['.htaccess', apache(policy)],
    ['nginx.conf', nginx(policy)],
  ]);
}

/** In the form that Netlify, Cloudflare Pages and others read. */
function pages(policy: string): string {
  const lines = headers(policy).map(([name, value]) => `  ${name}: ${value}`);
  const asked = ['/', '/index.html', '/sw.js'].map((path) => `${path}\n  Cache-Control: ${ASKED_ANEW}`);
  return `# A site that is not at its host's root puts its path before each of these.
/*
${lines.join('\n')}
${asked.join('\n')}
/assets/*
  Cache-Control: ${FOR_GOOD}
`;
}

function apache(policy: string): string {
  const types = Object.entries(TYPES).map(([type, extensions]) => `AddType ${type} ${extensions.map((extension) => `.${extension}`).join(' ')}`);
  const lines = headers(policy).map(([name, value]) => `  Header always set ${name} "${value}"`);
  return `${types.join('\n')}
<IfModule mod_deflate.c>
  AddOutputFilterByType DEFLATE ${COMPRESSED.join(' ')}
</IfModule>
<IfModule mod_headers.c>
${lines.join('\n')}
  Header set Cache-Control "${ASKED_ANEW}"
  # Named after their content, all of them in assets/.
  <FilesMatch "-[A-Za-z0-9_-]{8}\\.(js|css|wasm|onnx|index|thumbnails|answers)$">
    Header set Cache-Control "${FOR_GOOD}"
  </FilesMatch>
</IfModule>
`;
}

function nginx(policy: string): string {
  const add = (name: string, value: string): string => `add_header ${name} "${value}" always;`;
  const all = headers(policy).map(([name, value]) => add(name, value));
  const types = [['text/html', ['html']], ['text/css', ['css']], ['text/plain', ['txt']], ['image/svg+xml', ['svg']], ['image/png', ['png']], ...Object.entries(TYPES)] as const;
  const indented = (lines: readonly string[], by: number): string => lines.map((line) => ' '.repeat(by) + line).join('\n');
  return `# To be included in a server's block, with the site in /srv/www/vitrine and its address /vitrine/.
location = /vitrine {
    return 301 /vitrine/;
}
location /vitrine/ {
    alias /srv/www/vitrine/;
    types {
${indented(types.map(([type, extensions]) => `${type} ${extensions.join(' ')};`), 8)}
    }
    default_type application/octet-stream;
    gzip on;
    # HTML is compressed in any case.
    gzip_types ${COMPRESSED.filter((type) => type !== 'text/html').join(' ')};
${indented([...all, add('Cache-Control', ASKED_ANEW)], 4)}

    location /vitrine/assets/ {
        alias /srv/www/vitrine/assets/;
${indented([...all, add('Cache-Control', FOR_GOOD)], 8)}
    }
}
`;
}
