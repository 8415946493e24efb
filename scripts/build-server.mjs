// Bundles the server's programs, the command line and the threads, into dist/program: a start reads a few files instead of
// thousands. What they look for beside themselves (message files, assets) they find where `tsc` put it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { digestOfSources, MADE_OF } from './made-of.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const out = join(dist, 'program');
const next = join(dist, `program.${process.pid}`);

/** What each forum runs: kept with what V8 made of it (bin/run-program.cjs), for which it is no module with an `await` of its own. */
const ALWAYS = ['cli', 'writer.worker', 'projector.worker', 'tree.worker', 'checkpointer.worker'];

const programs = ['src/cli.js'];
for (const room of ['src', 'libs']) {
  const files = await readdir(join(dist, room), { recursive: true });
  programs.push(...files.filter((path) => path.endsWith('.worker.js')).map((path) => join(room, path)));
}
const names = programs.map((path) => basename(path));
const twice = names.filter((name, n) => names.indexOf(name) < n);
if (twice.length > 0) throw new Error(`more than one program is called ${twice.join(', ')}`);

/**
 * The same code in ASCII: one character beyond Latin-1, and in memory each of the program's takes two bytes. Texts, patterns
 * and names mean the same with escapes; a backslash before a character that needs none goes.
 */
function inAscii(text) {
  return text.replace(/(\\*)([\u0080-\uffff])/g, (_, backslashes, character) => {
    const escaped = `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return backslashes.slice(backslashes.length % 2) + escaped;
  });
}

/** Every module goes on knowing its own place; threads stand beside one another (libs/kernel/program-beside.ts). */
const places = {
  name: 'places',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]dist[/\\]libs[/\\]kernel[/\\]program-beside\.js$/ }, () => ({
      contents: `const ALWAYS = ${JSON.stringify(ALWAYS)};
        export const programBeside = (_, path) => {
          const name = path.split('/').at(-1);
          return new URL('./' + name + (ALWAYS.includes(name) ? '.cjs' : '.js'), import.meta.url);
        };`,
    }));
    onLoad({ filter: /\.[cm]?js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const isOurs = /[/\\]dist[/\\](src|libs)[/\\]/.test(path);
      const place = `new URL(${JSON.stringify(`../${relative(dist, path).replaceAll('\\', '/')}`)}, import.meta.url).href`;
      return { contents: inAscii(isOurs ? text.replaceAll('import.meta.url', place) : mend(path, text)) };
    });
  },
};

/** Packages that few forums use, each group in a file of its own: it is read, and in memory, where one of them is asked for. */
const GROUPS = {
  kurrentdb: /^(?:@grpc\/grpc-js|@kurrent\/kurrentdb-client)(?:\/|$)/,
  html: /^(?:@mixmark-io\/domino|turndown|@joplin\/turndown-plugin-gfm)$/,
  mail: /^(?:nodemailer(?:\/lib\/[\w-]+)?|postal-mime)$/,
  passkeys: /^@simplewebauthn\/server(?:\/|$)/,
  push: /^web-push$/,
  feeds: /^feedsmith$/,
  yaml: /^yaml$/,
};
const wanted = Object.fromEntries(Object.keys(GROUPS).map((group) => [group, new Set()]));

/** Our code asks for such a package by `require`, when the module runs that uses it; packages go on asking each other. */
const apart = {
  name: 'apart',
  setup({ onResolve, onLoad }) {
    for (const [group, filter] of Object.entries(GROUPS)) {
      onResolve({ filter }, ({ path, importer, namespace }) => {
        if (namespace === 'apart' || !/[/\\]dist[/\\](src|libs)[/\\]/.test(importer)) return undefined;
        wanted[group].add(path);
        return { path, namespace: 'apart', pluginData: group };
      });
    }
    onLoad({ filter: /./, namespace: 'apart' }, ({ path, pluginData: group }) => ({
      contents: `module.exports = require('./${group}.cjs')[${JSON.stringify(path)}];`,
    }));
    onResolve({ filter: /^\.\/\w+\.cjs$/, namespace: 'apart' }, ({ path }) => ({ path, external: true }));
    // rate-limiter-flexible counts in a dozen databases; ours counts in memory.
    onLoad({ filter: /[/\\]rate-limiter-flexible[/\\]index\.js$/ }, () => ({
      contents: ['RateLimiterMemory', 'RateLimiterRes']
        .map((name) => `exports.${name} = require('./lib/${name}');`)
        .join(''),
    }));
    // Routes check what they are sent, and say what they answer, by themselves: Fastify's compilers of schemas, half a megabyte, have nothing to do.
    onLoad({ filter: /[/\\]@fastify[/\\](?:ajv|fast-json-stringify)-compiler[/\\]index\.js$/ }, () => ({
      contents: "module.exports = () => () => { throw new Error('no route has a schema'); };",
    }));
    // Socket.IO asks for encodings alone, and the package that reads them knows all types of files.
    onLoad({ filter: /[/\\]mime-types[/\\]index\.js$/ }, () => ({
      contents: "exports.lookup = () => { throw new Error('types of files are not bundled'); };",
    }));
    // Each check of class-validator asks for the package that does it, with patterns for all countries; few are ever called.
    onResolve({ filter: /^validator\/lib\// }, ({ path, importer, namespace }) =>
      namespace === 'when-called' || !/[/\\]class-validator[/\\]/.test(importer)
        ? undefined
        : { path, namespace: 'when-called', pluginData: dirname(importer) },
    );
    onLoad({ filter: /./, namespace: 'when-called' }, ({ path, pluginData: resolveDir }) => ({
      contents: `exports.__esModule = true;
        exports.default = (...values) => require(${JSON.stringify(path)}).default(...values);`,
      resolveDir,
    }));
    // One of them asks for all checks that there are, to call a single one.
    onResolve({ filter: /^validator$/ }, ({ importer }) =>
      /[/\\]IsStrongPassword\.js$/.test(importer)
        ? { path: 'all', namespace: 'all-checks', pluginData: dirname(importer) }
        : undefined,
    );
    onLoad({ filter: /./, namespace: 'all-checks' }, ({ pluginData: resolveDir }) => ({
      contents:
        "exports.isStrongPassword = (...values) => require('validator/lib/isStrongPassword').default(...values);",
      resolveDir,
    }));
    // class-validator knows all countries' telephone numbers; no field of ours is one.
    onResolve({ filter: /^libphonenumber-js/ }, () => ({ path: 'no-numbers', namespace: 'no-numbers' }));
    onLoad({ filter: /./, namespace: 'no-numbers' }, () => ({
      contents: "export function parsePhoneNumber() { throw new Error('telephone numbers are not bundled'); }",
    }));
  },
};

/**
 * Whoever imports `node:http` by a statement gets all that it gives at once, and with it a browser's `fetch`, which takes 20 ms;
 * asked for so, Node gives it without.
 */
const httpAlone = {
  name: 'http-alone',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:node:)?http$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: 'node:http', namespace: 'http-alone' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'http-alone' }, () => ({
      contents: "module.exports = process.getBuiltinModule('node:http');",
    }));
  },
};

const FASTIFY_ROUTES = /[/\\]fastify[/\\]lib[/\\]route\.js$/;

/** What packages make as they are loaded or set up, made cheaper; each is known by its words, and a build without them fails. */
const MENDED = [
  // The router makes the test of each piece of an address by `new Function`, 500 times in a start.
  [
    /[/\\]find-my-way[/\\]lib[/\\]node\.js$/,
    `return new Function('path', 'i', \`'use strict'\\nreturn \${lines.join(' && ')}\`)`,
    'return (path, i) => path.startsWith(prefix, i)',
  ],
  // So it makes what puts parameters together, which is the same for all routes with the same ones, and needed where one is called.
  [
    /[/\\]find-my-way[/\\]lib[/\\]handler-storage\.js$/,
    '_createParamsObject: this._compileCreateParamsObject(params)',
    `_createParamsObject: (first, second, third, fourth, more) => {
       const make = this._compileCreateParamsObject(params);
       handlerObject._createParamsObject = make;
       return make(first, second, third, fourth, more);
     }`,
  ],
  [
    /[/\\]find-my-way[/\\]lib[/\\]handler-storage\.js$/,
    "return new Function('NullObject', fnBody.join('\\n'))(NullObject)",
    `const body = fnBody.join('\\n');
     const made = HandlerStorage.made ??= new Map();
     if (!made.has(body)) made.set(body, new Function('NullObject', body)(NullObject));
     return made.get(body);`,
  ],
  // And what tells handlers of one address apart by conditions, of which most have none.
  [
    /[/\\]find-my-way[/\\]lib[/\\]handler-storage\.js$/,
    "this._getHandlerMatchingConstraints = new Function('derivedConstraints', lines.join('\\n'))",
    `this._getHandlerMatchingConstraints = (constraints) => {
       this._getHandlerMatchingConstraints = new Function('derivedConstraints', lines.join('\\n'));
       return this._getHandlerMatchingConstraints(constraints);
     }`,
  ],
  // A bus asks what was noted of the class of each question and command, in maps along its line of classes.
  ...['query', 'command'].map((kind) => [
    new RegExp(`[/\\\\]@nestjs[/\\\\]cqrs[/\\\\]dist[/\\\\]${kind}-bus\\.js$`),
    `const ${kind}Metadata = Reflect.getMetadata(${kind.toUpperCase()}_METADATA, ${kind}Type);`,
    `const asked = (this.askedClasses ??= new Map());
     let ${kind}Metadata = asked.get(${kind}Type);
     if (${kind}Metadata === undefined) {
       ${kind}Metadata = Reflect.getMetadata(${kind.toUpperCase()}_METADATA, ${kind}Type);
       if (${kind}Metadata) asked.set(${kind}Type, ${kind}Metadata);
     }`,
  ]),
  // Each of 700 routes was a plugin with a queue and a timer of its own, and a listener among as many, which it was found in to be taken
  // away. Those that are told one after another, with no other plugin between, now share these.
  [
    /[/\\]avvio[/\\](?:boot|index)\.js$/,
    'const plugin = new Plugin(fastq(this, this._loadPluginNextTick, 1),',
    'this.pluginsAdded = (this.pluginsAdded ?? 0) + 1;\nconst plugin = new Plugin(fastq(this, this._loadPluginNextTick, 1),',
  ],
  [
    FASTIFY_ROUTES,
    'this.after((notHandledErr, done) => {\n        // Send context async',
    'afterTogether(this, avvio, () => {\n        // Send context async',
  ],
  [FASTIFY_ROUTES, '        done(notHandledErr)\n      })', '      })'],
  [FASTIFY_ROUTES, "avvio.once('preReady', () => {", 'onceReady(avvio, () => {'],
  [
    FASTIFY_ROUTES,
    'function buildRouting (',
    `function afterTogether (instance, avvio, run) {
       const last = avvio.routesTogether;
       const within = avvio._current[0];
       if (last?.instance === instance && last.within === within && last.plugins === avvio.pluginsAdded) return last.runs.push(run);
       const runs = [run];
       instance.after((notHandledErr, done) => {
         if (avvio.routesTogether?.runs === runs) avvio.routesTogether = undefined;
         for (const each of runs) each();
         done(notHandledErr);
       });
       avvio.routesTogether = { instance, within, plugins: avvio.pluginsAdded, runs };
     }
     function onceReady (avvio, run) {
       if (avvio.readyTogether === undefined) {
         avvio.readyTogether = [];
         avvio.once('preReady', () => { for (const each of avvio.readyTogether) each(); });
       }
       avvio.readyTogether.push(run);
     }
     function buildRouting (`,
  ],
  // Whether a HEAD route is there is asked for each route, and matters where one is made of a GET route.
  [
    FASTIFY_ROUTES,
    "router.findRoute('HEAD', opts.url, constraints)",
    "(shouldExposeHead && isGetRoute && !isHeadRoute ? router.findRoute('HEAD', opts.url, constraints) : null)",
  ],
  // Plugins ask for a version of Fastify, which the lock file settles; to compare versions takes 2 ms.
  [
    /[/\\]fastify[/\\]lib[/\\]plugin-utils\.js$/,
    "const semver = require('semver')",
    'const semver = { gt: () => true, coerce: () => null, satisfies: () => true }',
  ],
  // Nobody follows what a number of the metrics came from.
  [
    /[/\\]prom-client[/\\]lib[/\\]metrics[/\\]processCpuTotal\.js$/,
    "const OtelApi = require('@opentelemetry/api');",
    "const OtelApi = { get trace() { return require('@opentelemetry/api').trace; }, get context() { return require('@opentelemetry/api').context; } };",
  ],
  // Nobody is served by HTTP/2, which Node makes ready in 3 ms.
  [
    /[/\\]fastify[/\\]lib[/\\]server\.js$/,
    "const http2 = require('node:http2')",
    "const http2 = { get createServer() { return require('node:http2').createServer; } }",
  ],
  // Nest's own loggers, which write nothing here, ask for all that Node knows of languages.
  ...['console-logger', 'logger'].map((name) => [
    new RegExp(`[/\\\\]@nestjs[/\\\\]common[/\\\\]services[/\\\\]${name}\\.service\\.js$`),
    'const dateTimeFormatter = new Intl.DateTimeFormat(undefined,',
    'const dateTimeFormatter = ((_, form) => ({ format: (at) => new Intl.DateTimeFormat(undefined, form).format(at) }))(undefined,',
  ]),
  // Nest asks the environment 4,000 times whether it is debugged, and tells nobody how long each of its parts took.
  [
    /[/\\]@nestjs[/\\]core[/\\]injector[/\\]helpers[/\\]is-debug-mode\.util\.js$/,
    'return !!process.env.NEST_DEBUG;',
    'return false;',
  ],
  [/[/\\]@nestjs[/\\]core[/\\]injector[/\\]injector\.js$/, 'return performance.now();', 'return 0;'],
  // Who made the logger is only told to programs that write its lines; to find out V8 counts the lines of all of this one.
  [/[/\\]pino[/\\]pino\.js$/, 'normalize(instance, caller(), ...args)', 'normalize(instance, [], ...args)'],
  // Commands that are programs of their own; ours are not.
  [
    /[/\\]commander[/\\]lib[/\\]command\.js$/,
    "const childProcess = require('node:child_process');",
    "const childProcess = { get spawn() { return require('node:child_process').spawn; } };",
  ],
];
const mended = new Set();

/** A field of a class as the packager of markdown-it sets it: by a function that asks each time whether it is there. */
const DEFINED_FIELD = /_defineProperty\(\s*this,\s*(?:\/\*(?:[^*]|\*(?!\/))*\*\/\s*)?"(\w+)",\s*([^;]*?)\s*\);/g;

/** With fields that are set as others are, in the same order, a text is read in a fifth less time. */
function withFieldsSet(path, text) {
  if (!/[/\\]markdown-it[/\\]dist[/\\]markdown-it\.mjs$/.test(path)) return text;
  const set = text.replace(DEFINED_FIELD, (_, name, value) => `this.${name} = ${value};`);
  if (/_defineProperty\(\s*this/.test(set) || set === text) throw new Error(`${path} sets its fields in another way`);
  mended.add(DEFINED_FIELD);
  return set;
}

function mend(path, text) {
  return MENDED.reduce(
    (so, [where, from, to]) => {
      if (!where.test(path)) return so;
      if (!so.includes(from)) throw new Error(`${path} has no more ${from}`);
      mended.add(from);
      return so.replace(from, () => to);
    },
    withFieldsSet(path, text),
  );
}

const settings = {
  absWorkingDir: dist,
  outdir: next,
  entryNames: '[name]',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Errors, logs and metrics name classes.
  keepNames: true,
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 120,
  charset: 'ascii',
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  // What packages in CommonJS ask Node for.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';const require = requireFrom(import.meta.url);",
  },
  external: [
    // With parts that are compiled for the machine.
    'better-sqlite3',
    '@node-rs/argon2',
    'sharp',
    '@kurrent/bridge',
    // What packages look for and do without.
    'bufferutil',
    'utf-8-validate',
    '@nestjs/microservices',
    '@nestjs/microservices/*',
    '@nestjs/platform-express',
    'class-transformer/storage',
    '@fastify/view',
    '@fastify/static',
    '@fastify/multipart',
  ],
  plugins: [apart, httpAlone, places],
};

function buildGroup(group) {
  const packages = [...wanted[group]].sort().map((path) => JSON.stringify(path));
  // Each is made ready where it is asked for: whoever writes a mail has no use for what sends it.
  const contents = packages
    .map((path) => `Object.defineProperty(exports, ${path}, { get: () => require(${path}) });`)
    .join('\n');
  return build({
    ...settings,
    stdin: { contents, resolveDir: root, sourcefile: `${group}.cjs` },
    outdir: undefined,
    entryNames: undefined,
    outfile: join(next, `${group}.cjs`),
    format: 'cjs',
    banner: {},
  });
}

/** A function that has a name, maybe with a number after it; classes are named as `this`. */
const NAMED_FUNCTION = /__name(\(\s*)(?!this\b)([\w$]+)(\s*,\s*"(?:[^"\\]|\\[\s\S])*?"\s*)\)/g;

/** A class without a name of its own that is put into a variable of its name, and so gets it. */
const NAMED_CLASS =
  /((?<![.\w$])([\w$]+)=class(?:\s+extends\s[^{]+)?\s*\{)(static\s*\{\s*__name\(\s*this,\s*"\2"\s*\)\s*\})/g;

/** In place of `__name`. */
const NO_CALL = ' '.repeat('__name'.length);

/** As many spaces, in as many lines. */
function blank(text) {
  return text.replace(/[^\n]/g, ' ');
}

/**
 * Of 11,000 names that the bundler sees to, most are there already, and to ask takes less than to define. Classes and functions keep the ones that
 * they have, and arrow functions go without: many are made anew with each request, of which a comment spent 3 % on names.
 * Everything stays at its line and column.
 */
function withNamesKept(text) {
  const defines = /(?<=__name=\(target,\s*value\)=>)(?=__defProp\(target,\s*"name",)/;
  if (!defines.test(text)) throw new Error('the bundler sees to names in another way');
  return text
    .replace(NAMED_CLASS, (_, before, __, names) => `${before}${blank(names)}`)
    .replace(NAMED_FUNCTION, (_, before, name, after) => `${NO_CALL}${before}${name}${blank(after)})`)
    .replace(defines, 'target.name===value||target.prototype===void 0?target:');
}

/**
 * Whoever imports a package in CommonJS is given an object of its own with a getter for each of its parts; a start made 200 of
 * the decorators' package for each of its 16 importers. They now share one.
 */
function withPackagesShared(text) {
  const makes = '__toESM=(mod,isNodeMode,target)=>';
  if (!text.includes('__toESM')) return text;
  if (text.split(makes).length !== 2) throw new Error('the bundler imports packages in another way');
  return text.replace(
    makes,
    '__importsOf=[new Map,new Map],__toESM=(mod,isNodeMode)=>{let made=__importsOf[isNodeMode?1:0];' +
      'return made.has(mod)||made.set(mod,__importOf(mod,isNodeMode)),made.get(mod)},__importOf=(mod,isNodeMode,target)=>',
  );
}

/**
 * A server's first threads begin before its own program runs, the one for views once V8 has read that: three at once would hold up
 * each other on two cores, and the main one is the one that all wait for. Where the log is on a server, nobody writes a file.
 */
const BEGINS = `const thread = (name, program) => ({ name, file: require.resolve('./' + program + '.worker.cjs') });
const isServer = process.argv.length === 3 && process.argv[2] === 'serve';
if (isServer && /^(?:sqlite:|$)/.test(process.env.EVENT_STORE_URL ?? '')) program.beginThreads([thread('log-writer', 'writer')]);
const onceRead = () => isServer && program.beginThreads([thread('projector', 'projector')]);
`;

/** A program that each forum runs: its code is a function, and a file of one line runs that. */
async function buildKept(path) {
  const name = basename(path, '.js');
  const code = join(next, `${name}.code.cjs`);
  await build({
    ...settings,
    entryPoints: [path],
    outdir: undefined,
    entryNames: undefined,
    outfile: code,
    format: 'cjs',
    // A module of its own could only be imported by a script through a part of Node that is an experiment.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'here' },
    banner: {
      js: "(function (exports, require, module, __filename) { 'use strict'; const here = require('node:url').pathToFileURL(__filename).href;",
    },
    footer: { js: '})' },
  });
  const text = withPackagesShared(withNamesKept(await readFile(code, 'utf8')));
  await writeFile(code, text);
  const digest = createHash('sha256').update(text).digest('hex');
  const parts = `{ file: require.resolve('./${name}.code.cjs'), digest: '${digest}', kept: require('node:path').join(__dirname, '../compiled')`;
  const [begins, onceRead] = name === 'cli' ? [BEGINS, ', onceRead'] : ['', ''];
  await writeFile(
    join(next, `${name}.cjs`),
    `const program = require('../../bin/run-program.cjs');\n${begins}program.runProgram(${parts}${onceRead} });\n`,
  );
}

await mkdir(next, { recursive: true });
const madeOf = digestOfSources(root);
// Each apart: of two that share files, the order in which the modules run would not be that of their imports.
await Promise.all(
  programs.map((path) =>
    ALWAYS.includes(basename(path, '.js')) ? buildKept(path) : build({ ...settings, entryPoints: [path] }),
  ),
);
await Promise.all(Object.keys(GROUPS).map(buildGroup));
for (const from of [DEFINED_FIELD, ...MENDED.map(([, words]) => words)]) {
  if (!mended.has(from)) throw new Error(`no package has ${from}`);
}
const asked = spawnSync(process.execPath, [join(next, 'cli.cjs'), '--help'], { encoding: 'utf8' });
if (asked.status !== 0) throw new Error(`the built program does not say what it can do: ${asked.stderr}`);
await writeFile(join(next, 'help.txt'), asked.stdout);
await writeFile(join(next, basename(MADE_OF)), madeOf);
// What V8 made of another program is of no use to this one (scripts/build-compiled.mjs).
for (const old of [out, join(dist, 'compiled')]) await rm(old, { recursive: true, force: true });
await rename(next, out);
