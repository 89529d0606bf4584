/** How the site is built: only what the first paint needs inlined, everything hashed, the test set packed when it is there. */
import { defineConfig } from 'vitest/config';
import { VitePWA } from 'vite-plugin-pwa';
import { documentStyles } from './build/document-styles.ts';
import { firstPaint } from './build/first-paint.ts';
import { developmentPolicy, policyFiles } from './build/policy.ts';
import { requireModels } from './build/models.ts';
import { sums, withSums } from './build/sums.ts';
import { testSet } from './build/test-set.ts';

const packed = testSet();

export default defineConfig({
  base: './',
  define: { __TEST_SET__: packed.files ? JSON.stringify(packed.files) : 'undefined' },
  plugins: [
    requireModels(),
    packed.plugin,
    developmentPolicy(),
    documentStyles(),
    firstPaint(),
    policyFiles(),
    sums(),
    VitePWA({
      // A service worker of our own: which of the files a browser keeps is decided there.
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      injectRegister: false,
      includeManifestIcons: false,
      manifest: {
        name: 'Vitrine',
        short_name: 'Vitrine',
        description: 'Draw a garment, see it classified in your own browser',
        display: 'standalone',
        id: './',
        start_url: './',
        scope: './',
        background_color: '#f5f2ea',
        theme_color: '#14130f',
        icons: [
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
          // Made from it by `./build.sh icons`.
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
          { src: 'icon-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      injectManifest: {
        globPatterns: ['**/*.{html,js,css,wasm,svg,png,onnx,index,thumbnails,answers,gz,webmanifest}'],
        manifestTransforms: [withSums],
        // Hashed names change with their content: what the page has fetched already is not fetched again.
        dontCacheBustURLsMatching: /^assets\//,
        // The wasm module is the largest file; Workbox leaves out what is over 2 MB unless told otherwise.
        maximumFileSizeToCacheInBytes: 32 * 1024 * 1024,
      },
    }),
  ],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    reportCompressedSize: false,
    // What the page begins with is one file: a handful of small ones more would each wait for a connection.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } } },
  },
  server: { fs: { allow: ['.', '../models'] } },
  // The limit is for what hangs: no test depends on how fast the machine is.
  test: { include: ['{build,src,faults}/**/*.test.ts'], testTimeout: 120_000 },
});
