import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { serveForum } from '../support/served-forum.ts';

const programs = resolve(import.meta.dirname, '../../dist/program');
/** What each forum runs, whatever its log is. */
const ALWAYS = ['cli', 'writer.worker', 'projector.worker', 'tree.worker', 'checkpointer.worker'].map(
  (name) => `${name}.code.cjs`,
);
const compiled = resolve(import.meta.dirname, '../../dist/compiled');
const MIB = 1024 * 1024;

/** When each was kept, of this build's programs. */
function timesKept(): ReadonlyMap<string, number> {
  const digests = ALWAYS.flatMap((name) => /digest: '(\w+)'/.exec(textOf(name.replace('.code', '')))?.[1] ?? []);
  const files = readdirSync(compiled, { recursive: true, encoding: 'utf8' });
  const ours = files.filter((path) => digests.some((digest) => path.endsWith(digest)));
  return new Map(ours.map((path) => [path, statSync(join(compiled, path)).mtimeMs]));
}

/** Writes down each thread as it begins, each program as it is read, who waits for Fastify's routes, and the first line that is said. */
const WATCH = `
  const { appendFileSync } = require('node:fs');
  const { basename } = require('node:path');
  const vm = require('node:vm');
  const say = (line) => appendFileSync(process.env.WATCHED, line + '\\n');
  if (require('node:worker_threads').isMainThread) {
    const { EventEmitter } = require('node:events');
    const { once } = EventEmitter.prototype;
    EventEmitter.prototype.once = function (name, ...rest) {
      if (name === 'preReady') say('listener');
      return once.call(this, name, ...rest);
    };
    require('node:diagnostics_channel').subscribe('worker_threads', ({ worker }) => say(worker.threadName));
    vm.Script = class extends vm.Script {
      constructor(text, options) {
        say(basename(options.filename));
        super(text, options);
      }
    };
    const write = process.stdout.write;
    process.stdout.write = function (...said) {
      say('ready');
      process.stdout.write = write;
      return write.apply(process.stdout, said);
    };
  }`;

const textOf = (name: string): string => readFileSync(resolve(programs, name), 'latin1');

describe('the built programs', () => {
  it('which each forum runs have no more text together than they need, since all of it stays in memory', () => {
    const bytes = ALWAYS.map((name) => statSync(resolve(programs, name)).size);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(8 * MIB);
    // Fastify's compilers of schemas, which no route has.
    expect(textOf('cli.code.cjs')).not.toContain('no schema with key or ref');
  });

  it.each([
    ['kurrentdb.cjs', 'event_store.client'],
    ['html.cjs', 'createHTMLDocument'],
    ['mail.cjs', 'SMTPConnection'],
    ['passkeys.cjs', 'verifyAttestationFIDOU2F'],
    ['push.cjs', 'generateVAPIDKeys'],
    ['feeds.cjs', 'itunes.com/dtds'],
    ['yaml.cjs', 'BLOCK_FOLDED'],
  ])('have what is in %s nowhere else', (file, word) => {
    expect(textOf(file)).toContain(word);
    for (const name of ALWAYS) expect([name, textOf(name).includes(word)]).toEqual([name, false]);
  });

  it('have lines that a person can read where one of them was thrown', () => {
    const lines = textOf('cli.code.cjs').split('\n');
    expect(lines.filter((line) => line.length > 1_000).length).toBeLessThan(lines.length / 100);
  });

  it('name classes, and no functions, of which many are made anew with each request', () => {
    for (const program of ALWAYS) {
      const text = textOf(program);
      const helper = /__name=(\(target,\s*value\)=>[^;]+);/.exec(text)?.[1] ?? '';
      const made = '[class {}, () => 1, async () => 1].map((one) => __name(one, "named").name)';
      const names: unknown = runInNewContext(`const __defProp = Object.defineProperty, __name = ${helper}; ${made}`);
      expect(names).toEqual(['named', '', '']);
      expect(/__name\(\s*(?!this\b)[\w$]+\s*,/.exec(text)?.[0]).toBeUndefined();
      // A class that is put into a variable has its name.
      expect(/(?<![.\w$])([\w$]+)=class\s*\{static\s*\{\s*__name\(\s*this,\s*"\1"/.exec(text)?.[0]).toBeUndefined();
    }
  });

  it('give all importers of a package one object of its parts', () => {
    const text = textOf('cli.code.cjs');
    const helpers = text.slice(text.indexOf('var __create'), text.indexOf('var require_'));
    const asked = 'const of = { part: 1 }, [one, asNode] = [__toESM(of), __toESM(of, 1)];';
    const told = '[one.part, asNode.default === of, one === __toESM(of), asNode === __toESM(of, 1), one === asNode]';
    const found: unknown = runInNewContext(`${helpers}; ${asked} ${told}`);
    expect(found).toEqual([1, true, true, true, false]);
  });

  it('are built with what V8 made of those that a start runs, for whoever may run them', () => {
    // Those of Node itself end with the number of a user.
    const folders = readdirSync(compiled).filter((name) => /^v[\d.]+-\w+-[\da-f]+$/.test(name));
    const kept = folders.map((folder) => {
      const files = readdirSync(resolve(compiled, folder)).map((name) => statSync(resolve(compiled, folder, name)));
      expect(files.every(({ mode }) => (mode & 0o044) === 0o044)).toBe(true);
      return files.map(({ size }) => size).sort((a, b) => b - a);
    });
    // As soon as the program is compiled, before it runs, V8 has made 1.8 MiB of it.
    expect(kept.some(([largest = 0, ...others]) => largest > 4 * MIB && others.length >= 3)).toBe(true);
  });

  it('begin with what was kept of them, which V8 does not refuse, and so leave it as it is', async () => {
    const before = timesKept();
    expect(before.size).toBeGreaterThan(3);
    const forum = await serveForum();
    expect(await forum.end()).toBe(0);
    rmSync(forum.dataDir, { recursive: true });
    const after = timesKept();
    expect(Array.from(before.keys(), (path) => [path, after.get(path)])).toEqual([...before]);
  });

  it('begin a server with its first two threads, before its own program runs, and with routes that wait together', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'colloquy-watched-'));
    const [watch, watched] = [join(dir, 'watch.cjs'), join(dir, 'watched')];
    writeFileSync(watch, WATCH);
    const forum = await serveForum({ env: { NODE_OPTIONS: `--require=${watch}`, WATCHED: watched } });
    expect(await forum.end()).toBe(0);
    const lines = readFileSync(watched, 'utf8').split('\n');
    // The tree's thread begins as soon as the server is ready, which it then says.
    const before = lines.slice(0, lines.indexOf('ready')).filter((line) => line !== 'log-tree');
    rmSync(dir, { recursive: true });
    rmSync(forum.dataDir, { recursive: true });
    // The second projector is that of the search.
    const begun = before.filter((line) => line !== 'listener');
    expect(begun).toEqual(['log-writer', 'cli.code.cjs', 'projector', 'projector']);
    // There are 700 routes.
    expect(before.length - begun.length).toBeLessThan(20);
  });
});
