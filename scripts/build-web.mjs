// Bundles what browsers load (CSS and the browser programs) into dist/web, under names that carry their contents' hash,
// with a manifest from the plain name to the hashed one, and each file compressed beforehand.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'dist/web');
const next = join(root, `dist/web.${process.pid}`);

await mkdir(next, { recursive: true });
/**
 * What the live channel never asks of Socket.IO's client stays behind: the third transport, since it takes WebSockets and
 * polling alone (src/web/shell/browser/socket.ts), and binary messages, since all of its own are JSON. Polling goes by fetch, and
 * addresses, which are the forum's own, are read by the browser.
 */
const LEFT_OUT = {
  'engine.io-client/build/esm/transports/webtransport.js': 'export const WT = undefined;',
  'engine.io-client/build/esm/transports/polling-xhr.js': "export { Fetch as XHR } from './polling-fetch.js';",
  'engine.io-client/build/esm/contrib/parseuri.js':
    "export const parse = (source) => { const { protocol, hostname, port, pathname } = new URL(source); return { source, protocol: protocol.slice(0, -1), host: hostname.replace(/[[\\]]/g, ''), port, path: pathname }; };",
  'engine.io-parser/build/esm/encodePacket.browser.js':
    "import { PACKET_TYPES } from './commons.js'; export const encodePacketToBinary = undefined; export const encodePacket = ({ type, data = '' }, _, callback) => callback(PACKET_TYPES[type] + data);",
  'engine.io-parser/build/esm/contrib/base64-arraybuffer.js': 'export const decode = undefined;',
  'socket.io-parser/build/esm/binary.js':
    'export const deconstructPacket = undefined; export const reconstructPacket = undefined;',
  'socket.io-parser/build/esm/is-binary.js':
    'export const isBinary = () => false; export const hasBinary = () => false;',
};
/** All that a module exports, as one value, would be a file of its own. */
const withoutNamespace = (source) =>
  source.replace(
    'import * as parser from "socket.io-parser"',
    'import { Decoder, Encoder } from "socket.io-parser"; const parser = { Decoder, Encoder }',
  );
const textAlone = {
  name: 'text-alone',
  setup: (building) => {
    building.onLoad({ filter: /node_modules\/(engine|socket)\.io-(client|parser)\/build\/esm\// }, ({ path }) => {
      const contents = LEFT_OUT[path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)];
      return contents === undefined ? undefined : { contents, resolveDir: dirname(path) };
    });
    building.onLoad({ filter: /node_modules\/socket\.io-client\/build\/esm\/manager\.js$/ }, async ({ path }) => ({
      contents: withoutNamespace(await readFile(path, 'utf8')),
      resolveDir: dirname(path),
    }));
  },
};
/** Of the words, which only name things, a program loads those files alone that it uses. */
const usedWords = {
  name: 'used-words',
  setup: (building) =>
    building.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, resolveDir }) => {
      const file = join(resolveDir, path);
      return file.startsWith(join(root, 'libs/words/')) ? { path: file, sideEffects: false } : undefined;
    }),
};
/** Of the messages, which pages bring for themselves, a program loads those of the composer alone. */
const composersWords = {
  name: 'composers-words',
  setup: (building) =>
    building.onLoad({ filter: /src\/web\/shell\/messages\/\w+\.json$/ }, async ({ path }) => {
      const messages = Object.entries(JSON.parse(await readFile(path, 'utf8')));
      const own = messages.filter(([key]) => key.startsWith('compose.'));
      return { contents: JSON.stringify(Object.fromEntries(own)), loader: 'json' };
    }),
};
const settings = {
  absWorkingDir: root,
  outdir: next,
  entryNames: '[name]-[hash]',
  chunkNames: 'chunk-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  minify: true,
  charset: 'utf8',
  metafile: true,
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  target: ['es2022', 'chrome123', 'firefox120', 'safari17.5'],
  tsconfig: 'tsconfig.browser.json',
  logLevel: 'warning',
  plugins: [textAlone, usedWords, composersWords],
};

const LATE = [
  ['thread/browser/composing/composing.ts'],
  ['thread/browser/composing/edit-window.ts'],
  ['thread/browser/left-texts.ts'],
  ['thread/browser/keys-dialog.ts'],
  ['thread/browser/single-keys.ts'],
  ['thread/browser/reading-on.ts'],
  ['embed/browser/come-again.ts', 'embed/browser/follow-host.ts', 'embed/browser/unsent.ts'],
].map((paths) => paths.map((path) => `src/web/${path}`));
// Built first and with all that they need, so that nothing of a page's first programs is split off for what few readers load.
const late = await Promise.all(LATE.map((entryPoints) => build({ ...settings, entryPoints })));
const lateFiles = new Map(
  late.flatMap(({ metafile }) =>
    Object.entries(metafile.outputs).flatMap(([path, { entryPoint = '' }]) =>
      LATE.flat().includes(entryPoint) ? [[basename(entryPoint), `./${basename(path)}`]] : [],
    ),
  ),
);
const besideLate = {
  name: 'beside-late',
  setup: (building) =>
    building.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ kind, path }) => {
      const file = kind === 'dynamic-import' ? lateFiles.get(basename(path)) : undefined;
      return file === undefined ? undefined : { path: file, external: true };
    }),
};
/**
 * Each program that the thread loads later names all of the thread's own, so that what they share stays one file: split by
 * who needs which part, it would be eight, which cost a request each and compress worse. The tools of members
 * name the live thread's too, of which they use much.
 */
const shared = (path) =>
  `import '../browser/page-thread.tsx';${path.endsWith('own-tools.tsx') ? "import './live-thread.ts';" : ''}\n`;
const oneThread = {
  name: 'one-thread',
  setup: (building) =>
    building.onLoad(
      {
        filter:
          /src\/web\/thread\/(browser\/(live-thread|own-tools|moderate-form|report-form)|parts\/languages)\.tsx?$/,
      },
      async ({ path }) => ({
        contents: `${shared(path)}${await readFile(path, 'utf8')}`,
        loader: path.endsWith('x') ? 'tsx' : 'ts',
      }),
    ),
};

// Built apart, so that what both use is not split off into chunks that cost a request each.
const built = await Promise.all([
  ...late,
  build({ ...settings, entryPoints: ['src/web/site.css', 'src/web/shell/browser/page.ts'] }),
  build({
    ...settings,
    plugins: [...settings.plugins, besideLate, oneThread],
    entryPoints: ['src/web/thread/browser/thread.tsx'],
  }),
  build({ ...settings, entryPoints: ['src/web/pages.css'] }),
  build({
    ...settings,
    plugins: [...settings.plugins, besideLate],
    entryPoints: ['src/web/embed/embed.css', 'src/web/embed/browser/frame.ts'],
  }),
  build({ ...settings, entryPoints: ['src/web/embed/embed-alone.css'] }),
  build({ ...settings, entryPoints: ['src/web/thread/since-visit.css'] }),
  build({ ...settings, entryPoints: ['src/web/embed/browser/hand-over.ts'] }),
  // A plain script, since the pages of other sites load it.
  build({
    ...settings,
    splitting: false,
    format: 'iife',
    entryPoints: ['src/web/embed/browser/embed.ts', 'src/web/embed/browser/counts.ts'],
  }),
  // Plain scripts, since browsers run no modules from a disk.
  build({
    ...settings,
    splitting: false,
    format: 'iife',
    entryPoints: [
      'src/web/suitcase/suitcase.css',
      'src/web/suitcase/browser/suitcase-search.ts',
      'src/web/suitcase/browser/suitcase-verify.ts',
    ],
  }),
  build({ ...settings, entryPoints: ['src/web/thread/past/browser/time-machine.ts'] }),
  build({ ...settings, entryPoints: ['src/web/audit/receipt/browser/receipt.ts'] }),
  build({ ...settings, entryPoints: ['src/web/audit/audit.css', 'src/web/audit/events/browser/audit.ts'] }),
  build({ ...settings, entryPoints: ['src/web/audit/verify/browser/verify.ts'] }),
  build({
    ...settings,
    entryPoints: ['src/web/moderation/moderation.css', 'src/web/moderation/queue/browser/moderation.ts'],
  }),
  build({ ...settings, entryPoints: ['src/web/moderation/policy/browser/policy.ts'] }),
  build({ ...settings, entryPoints: ['src/web/posts/write.css', 'src/web/posts/browser/write.ts'] }),
  build({ ...settings, entryPoints: ['src/web/account/account.css', 'src/web/account/browser/passkeys.ts'] }),
  build({ ...settings, entryPoints: ['src/web/account/browser/recovery.ts'] }),
  build({ ...settings, entryPoints: ['src/web/account/browser/once.ts'] }),
  build({ ...settings, entryPoints: ['src/web/notifications/browser/told.ts'] }),
  build({ ...settings, entryPoints: ['src/web/shell/browser/let-in.ts'] }),
  build({ ...settings, entryPoints: ['src/web/shell/browser/underway.ts'] }),
  build({ ...settings, entryPoints: ['src/web/posts/browser/post-counts.ts'] }),
  build({ ...settings, entryPoints: ['src/web/account/browser/written.ts'] }),
  build({ ...settings, entryPoints: ['src/web/search/browser/search.ts'] }),
  build({ ...settings, entryPoints: ['src/web/notifications/browser/inbox.ts'] }),
  build({ ...settings, entryPoints: ['src/web/shelf/browser/drafts.ts'] }),
  build({ ...settings, entryPoints: ['src/web/notifications/browser/zone.ts'] }),
  build({ ...settings, entryPoints: ['src/web/notifications/browser/push.ts'] }),
  // A plain script, since not every browser takes a module for a service worker.
  build({ ...settings, splitting: false, format: 'iife', entryPoints: ['src/web/notifications/browser/sw.ts'] }),
  build({ ...settings, entryPoints: ['src/web/shell/browser/proof.ts'] }),
  build({ ...settings, entryPoints: ['src/web/shell/browser/proof-worker.ts'] }),
  build({ ...settings, entryPoints: ['src/web/admin/admin.css', 'src/web/admin/settings/browser/settings.ts'] }),
]);

/** By plain name, the file and what it imports before it can run. */
const manifest = {};
for (const [path, output] of built.flatMap(({ metafile }) => Object.entries(metafile.outputs))) {
  if (output.entryPoint === undefined || output.entryPoint.startsWith('node_modules/')) continue;
  if (output.entryPoint.endsWith('.json')) continue;
  const plain = basename(output.entryPoint).replace(/\.tsx?$/, '.js');
  const imports = output.imports.filter(({ kind, external }) => kind === 'import-statement' && !external);
  manifest[plain] = { file: basename(path), imports: imports.map((chunk) => basename(chunk.path)) };
}
for (const name of await readdir(join(root, 'src/web/shell/static'))) {
  const bytes = await readFile(join(root, 'src/web/shell/static', name));
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  const hashed = `${basename(name, extname(name))}-${hash}${extname(name)}`;
  await writeFile(join(next, hashed), bytes);
  manifest[name] = { file: hashed, imports: [] };
}

for (const name of await readdir(next)) {
  const bytes = await readFile(join(next, name));
  const hint = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  await writeFile(join(next, `${name}.br`), brotliCompressSync(bytes, { params: hint }));
  await writeFile(join(next, `${name}.gz`), gzipSync(bytes, { level: 9 }));
}
await writeFile(join(next, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
await rm(out, { recursive: true, force: true });
await rename(next, out);
