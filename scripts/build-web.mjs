// Bundles what browsers load (CSS and the browser programs) into dist/web, under names that carry their contents' hash,
// with a manifest from the plain name to the hashed one, and each file compressed beforehand.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'dist/web');
const next = join(root, `dist/web.${process.pid}`);

await mkdir(next, { recursive: true });
/** The live channel asks for WebSockets and polling alone (src/web/shell/browser/socket.ts), so the client's third transport stays behind. */
const withoutWebTransport = {
  name: 'without-web-transport',
  setup: (building) =>
    building.onLoad({ filter: /engine\.io-client\/build\/esm\/transports\/webtransport\.js$/ }, () => ({
      contents: 'export const WT = undefined;',
    })),
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
  plugins: [withoutWebTransport, composersWords],
};

// Built first and with all that they need, so that nothing of the thread's own program is split off for what few readers load.
const late = await Promise.all(
  ['composing/composing.ts', 'composing/edit-window.ts', 'keys-dialog.ts'].map((path) =>
    build({ ...settings, entryPoints: [`src/web/thread/browser/${path}`] }),
  ),
);
const lateFiles = new Map(
  late.flatMap(({ metafile }) =>
    Object.entries(metafile.outputs).flatMap(([path, { entryPoint = '' }]) =>
      entryPoint.endsWith('.ts') ? [[basename(entryPoint), `./${basename(path)}`]] : [],
    ),
  ),
);
const besideThread = {
  name: 'beside-thread',
  setup: (building) =>
    building.onResolve({ filter: /\/(composing|edit-window|keys-dialog)\.ts$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: lateFiles.get(basename(path)), external: true } : undefined,
    ),
};

// Built apart, so that what both use is not split off into chunks that cost a request each.
const built = await Promise.all([
  ...late,
  build({ ...settings, entryPoints: ['src/web/site.css', 'src/web/shell/browser/page.ts'] }),
  build({
    ...settings,
    plugins: [...settings.plugins, besideThread],
    entryPoints: ['src/web/thread/browser/thread.tsx'],
  }),
  build({ ...settings, entryPoints: ['src/web/embed/embed.css', 'src/web/embed/browser/frame.ts'] }),
  build({ ...settings, entryPoints: ['src/web/embed/browser/hand-over.ts'] }),
  // A plain script, since the pages of other sites load it.
  build({
    ...settings,
    splitting: false,
    format: 'iife',
    entryPoints: ['src/web/embed/browser/embed.ts', 'src/web/embed/browser/counts.ts'],
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
  build({ ...settings, entryPoints: ['src/web/posts/browser/write.ts'] }),
  build({ ...settings, entryPoints: ['src/web/account/account.css', 'src/web/account/browser/passkeys.ts'] }),
  build({ ...settings, entryPoints: ['src/web/account/browser/recovery.ts'] }),
  build({ ...settings, entryPoints: ['src/web/notifications/browser/told.ts'] }),
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
