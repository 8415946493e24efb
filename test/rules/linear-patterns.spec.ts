import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import ts from 'typescript';
import { type SourceText, sources } from './source-files.ts';

// Milliseconds: some seconds on a quiet machine.
jest.setTimeout(300_000);

/**
 * Patterns that an automaton cannot be made of, since they look around or back: each was looked through by hand. They take time
 * in proportion to the text, for the reason that stands beside them.
 */
const BY_HAND: Readonly<Record<string, string>> = {
  '/(?<!\\.)\\.+$/': 'a run of dots is tried at its beginning alone',
  '/(?<![\\p{N}\\p{P}\\s])[\\p{N}\\p{P}\\s]+$/u': 'a run of such characters is tried at its beginning alone',
  '/(\\p{L})\\1{2,}/gu': 'a run of one letter is left where it ends',
  '/^(.*[^\\p{P}\\p{S}\\s])((?:(?![*_`)\\]>\\\\~])[\\p{P}\\p{S}])+)$/su':
    'the runs of signs that may be the last one follow one another',
  '/^((?:(?![*_`(![<\\\\~])[\\p{P}\\p{S}])+)([^\\p{P}\\p{S}\\s].*)$/su': 'signs, then one that is none, then anything',
  '/^(\\s*)([-+](?=\\s|$|-)|#{1,6}(?=\\s|$)|>|=+\\s*$|~{3})/':
    'it begins at the beginning, and each part ends where the next begins',
  '/^(\\s*\\d{1,9})([.)])(?=\\s|$)/': 'it begins at the beginning, and each part ends where the next begins',
  '/""|\\\\["“”„«»\\\\]|[“„«][^\\s"“”„«»][^"“”„«»]*[”“»]|"[^\\s"“”„«»][^"“”„«»]*"(?=[^"“”„«»]*[”“»])|(?<=\\s)"[^\\s"“”„«»][^"“”„«»]*"(?=[^"“”„«»]*")|(?<=\\s)[“”»](?=[^\\s"“”„«»])|[^"”“»\\\\]|\\\\/':
    'each part ends at the next quotation mark, and what stands around it never fails',
  '/<!--|-->|<(\\/?)([a-z][a-z0-9]*)(?=[\\s/>])|\\n[ \\t]*\\n/gi':
    'no two names, and no two empty lines, share a character',
  '/(["\'])data:[^"\'<>\\s]{1000,}\\1/gi': 'what follows a quotation mark ends before the next one',
  '/\\s*(https?:\\/\\/[^\\s[\\]<>"]+)\\s*\\[\\/(\\w{1,20})\\](?!\\])/y':
    'it is tried at one place, and reads on to the next bracket',
  '/(?<![[\\w\\]])\\[([a-z][\\w-]{2,40})((?:[\\s:=][^[\\]]*)?)\\](?![\\](])/gi': 'it ends before the next bracket',
  '/^(\\/(?:posts|moderation\\/discussions)\\/)([^/?#]+)(\\/(?!feed\\/?$|rss\\/?$)[^?#]*)?(\\?[^#]*)?/':
    'it begins at the beginning, and each part ends where the next begins',
  '/^https?:\\/\\/(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\]|[^/]+\\.(?:local|localhost|test|invalid))(?=[:/]|$)/i':
    'one part without a slash, at the beginning',
  '/^[a-z0-9](?:[a-z0-9/-]|\\.(?!\\.))*$/':
    'it begins at the beginning, and each character fits one of its two ways alone',
};

interface Pattern {
  readonly text: string;
  readonly places: readonly string[];
}

/** Each literal once, with all places where it stands. */
function patternsIn(...places: readonly string[]): readonly Pattern[] {
  const found = new Map<string, string[]>();
  for (const source of sources(...places).filter(({ path }) => /\.tsx?$/.test(path) && !/\.spec\.tsx?$/.test(path)))
    for (const { text, line } of literalsOf(source))
      found.set(text, [...(found.get(text) ?? []), `${source.path}:${line}`]);
  return [...found].map(([text, where]) => ({ text, places: where }));
}

function literalsOf({ path, text: source }: SourceText): readonly { readonly text: string; readonly line: number }[] {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, kind);
  const literals: { text: string; line: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      literals.push({ text: node.text, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return literals;
}

const VERDICT_WORDS = ['linear', 'not linear', 'not known'] as const;
type Verdict = (typeof VERDICT_WORDS)[number];

/**
 * What was found of the patterns of the forum, so that each is judged once: a minute and a half of computing for all. The long run
 * judges all of them again and compares. `COLLOQUY_JUDGE=1` writes the file anew.
 */
const JUDGED_FILE = resolve(import.meta.dirname, 'judged-patterns.json');
const JUDGED: ReadonlyMap<string, Verdict> = new Map(
  Object.entries(JSON.parse(readFileSync(JUDGED_FILE, 'utf8'))).map(([literal, verdict]) => [literal, wordOf(verdict)]),
);

function wordOf(verdict: unknown): Verdict {
  const word = VERDICT_WORDS.find((one) => one === verdict);
  if (word === undefined) throw new Error(`${JUDGED_FILE} has a verdict that is none: ${String(verdict)}`);
  return word;
}

const PARTS = /^\/(.*)\/([a-z]*)$/s;
const UNBOUNDED = /[*+]|\{\d+,\}/g;

/** How the time of patterns grows with their text. */
function verdictsOf(literals: readonly string[]): ReadonlyMap<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  const asked: { readonly literal: string; readonly pattern: readonly [string, string] }[] = [];
  for (const literal of literals) {
    const [source, flags] = partsOf(literal);
    if (isPlain(source, flags)) verdicts.set(literal, 'linear');
    else asked.push({ literal, pattern: inOneCase(source, flags) });
  }
  const input = JSON.stringify(asked.map(({ pattern }) => pattern));
  const program = resolve(import.meta.dirname, 'judge-patterns.mjs');
  const judged: readonly string[] = JSON.parse(execFileSync(process.execPath, [program], { input, encoding: 'utf8' }));
  for (const [at, { literal }] of asked.entries()) verdicts.set(literal, VERDICTS[judged[at] ?? ''] ?? 'not known');
  return verdicts;
}

function partsOf(literal: string): readonly [string, string] {
  const [, source = '', flags = ''] = PARTS.exec(literal) ?? [];
  return [source, flags];
}

const VERDICTS: Readonly<Record<string, Verdict>> = { safe: 'linear', vulnerable: 'not linear' };

/**
 * True for what is linear at sight: what repeats a bounded number of times, and what repeats one kind of character, once, from
 * the beginning of the text.
 */
function isPlain(source: string, flags: string): boolean {
  const bare = source.replace(/\\./gs, 'x').replace(/\[[^\]]*\]/g, 'c');
  const repeated = bare.match(UNBOUNDED) ?? [];
  if (repeated.length === 0) return true;
  const repeatsGroup = /\)(?:[*+]|\{\d+,\})/.test(bare);
  return repeated.length === 1 && bare.startsWith('^') && !bare.includes('|') && !repeatsGroup && !flags.includes('m');
}

/** Letters of both cases make an automaton many times as large, and take no other way through it. */
function inOneCase(source: string, flags: string): readonly [string, string] {
  const lower = (part: string) => (part.startsWith('\\') ? part : part.toLowerCase());
  return [flags.includes('i') ? source.replace(/\\.|[A-Z]/gs, lower) : source, flags.replace(/[igyd]/g, '')];
}

const EXAMPLES: Readonly<Record<string, Verdict>> = {
  '/<[^>]*>|&\\w+;/g': 'not linear',
  '/\\/+$/': 'not linear',
  '/\\s*\\n\\s*$/': 'not linear',
  '/<!--more\\b.*?-->/i': 'not linear',
  '/^(a|a)*$/': 'not linear',
  '/^\\S+\\.\\S+$/': 'not linear',
  '/<[^<>]*>/g': 'linear',
  '/^\\/+/': 'linear',
  '/^[a-z]{1,20}$/': 'linear',
  '/<(pre|code)\\b[\\s\\S]*?<\\/\\1\\s*>/gi': 'not known',
};

test('a pattern is known by how its time grows', () => {
  expect(Object.fromEntries(verdictsOf(Object.keys(EXAMPLES)))).toEqual(EXAMPLES);
});

function writeJudged(verdicts: ReadonlyMap<string, Verdict>): void {
  const costly = [...verdicts].filter(([literal]) => !isPlain(...partsOf(literal))).sort();
  writeFileSync(JUDGED_FILE, `${JSON.stringify(Object.fromEntries(costly), null, 2)}\n`);
}

test('regular expressions take time in proportion to the text, whoever wrote it', () => {
  const patterns = patternsIn('src', 'libs');
  expect(patterns.length).toBeGreaterThan(300);
  const literals = patterns.map(({ text }) => text);
  const isAnew = process.env['COLLOQUY_LONG'] === '1' || process.env['COLLOQUY_JUDGE'] === '1';
  const verdicts = verdictsOf(isAnew ? literals : literals.filter((literal) => !JUDGED.has(literal)));
  const verdictOf = (literal: string) => verdicts.get(literal) ?? JUDGED.get(literal);
  if (process.env['COLLOQUY_JUDGE'] === '1') writeJudged(verdicts);
  else expect([...verdicts].filter(([literal, verdict]) => (JUDGED.get(literal) ?? verdict) !== verdict)).toEqual([]);
  const judged = (verdict: Verdict) => patterns.filter(({ text }) => verdictOf(text) === verdict);

  expect(judged('not linear')).toEqual([]);
  const notKnown = judged('not known');
  expect(notKnown.filter(({ text }) => BY_HAND[text] === undefined)).toEqual([]);
  expect(Object.keys(BY_HAND).filter((text) => !notKnown.some((one) => one.text === text))).toEqual([]);
});
