import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type SourceText, sources } from './source-files.ts';

const root = resolve(import.meta.dirname, '../..');

/** `path:line` of each line that matches. */
function matches(files: readonly SourceText[], pattern: RegExp): readonly string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );
}

describe('the code', () => {
  const code = sources('src', 'libs', 'bin', 'scripts', 'test').filter(({ path }) => !path.startsWith('test/rules/'));

  test('is found', () => {
    expect(code.length).toBeGreaterThan(40);
  });

  test.each([
    ['any', /\bas any\b|<any>|: any(?=[;,)=|&>\]\s]*$|[;,)])|\bany\[\]/],
    ['switched-off checks', /@ts-(ignore|nocheck|expect-error)/],
    ['unfinished work', /\b(TODO|FIXME|XXX|HACK)\b/],
    ['comments of slashes', /^\s*\/\/\s*[-=─]{4,}/],
  ])('has no %s', (_, pattern) => {
    expect(matches(code, pattern)).toEqual([]);
  });

  test('has no casts past the compiler outside of tests', () => {
    const product = code.filter(({ path }) => /^(src|libs|bin)\//.test(path) && !/\.spec\.tsx?$/.test(path));
    expect(matches(product, /\bas unknown as\b|\bas never\b/)).toEqual([]);
  });

  test('takes nothing on trust but in one place', () => {
    const product = code.filter(
      ({ path }) => /^(src|libs|bin)\//.test(path) && !/\.spec\.tsx?$|\/contract\//.test(path),
    );
    const elsewhere = product.filter(({ path }) => path !== 'libs/kernel/boundaries.ts');
    const cast = /^(?!\s*(\*|\/|import |\w+ as \w+,$)).*[\w)\]] as (?!const\b)[A-Z][\w.]*(<.*>)?(\[\])?(;|\)+[;,]?|,)$/;
    const promised = /(?<!: unknown|: Json) (=|\?\?=|=>) JSON\.parse\(|\w: JSON\.parse\(/;
    expect({ casts: matches(elsewhere, cast), promised: matches(product, promised) }).toEqual({
      casts: [],
      promised: [],
    });
    expect([cast.test('  return value as Shape;'), promised.test('  const seen: Seen = JSON.parse(json);')]).toEqual([
      true,
      true,
    ]);
  });

  test('normalises texts in one place, in time that grows as the text does', () => {
    const product = code.filter(({ path }) => /^(src|libs|bin)\//.test(path) && !/\.spec\.tsx?$/.test(path));
    const normalising = /\.normalize\(\s*(['"`]NFK?[CD]|\w*\))/;
    expect(
      matches(
        product.filter(({ path }) => path !== 'libs/words/composed.ts'),
        normalising,
      ),
    ).toEqual([]);
    expect(normalising.test("text.normalize('NFC')")).toBe(true);
  });

  test('calculates with positions in the SQLite log alone: elsewhere they are words of the log', () => {
    const product = code.filter(({ path }) => /^(src|libs|bin)\//.test(path) && !/\.spec\.tsx?$/.test(path));
    const elsewhere = product.filter(({ path }) => !/^libs\/(event-store\/sqlite|transparency\/verify)\//.test(path));
    const arithmetic = /\b(position|after|before|until|head|from|floor|ceiling)\b\)?\s*[-+]\s*\d+n\b/i;
    expect(matches(elsewhere, arithmetic)).toEqual([]);
    expect(arithmetic.test('readAll({ after: last.position - 1n })')).toBe(true);
  });

  test('opens in the folder of a view the file of that view alone: others are asked at their door', () => {
    const views = code.filter(({ path }) => /^src\/views\/[^/]+\//.test(path) && !/\.spec\.tsx?$/.test(path));
    const elsewhere = views.flatMap((file) => {
      const own = file.path.split('/')[2] ?? '';
      return matches([file], new RegExp(`\\bdb\\('(?!${own}'\\))`));
    });
    expect(elsewhere).toEqual([]);
    expect(matches(views, /\bdb\('thread'\)/).length).toBeGreaterThan(10);
  });

  test('touches the storages of a browser at one place, since to name one may throw', () => {
    const product = code.filter(({ path }) => /^(src\/web|libs\/client)\//.test(path) && !/\.spec\.tsx?$/.test(path));
    const storages = /(?:^|[^'\w`])(?:local|session)Storage\b(?!')/;
    const elsewhere = product.filter(({ path }) => path !== 'src/web/shell/browser/kept.ts');
    expect(matches(elsewhere, storages).filter((line) => !/ \/?\*/.test(line))).toEqual([]);
    expect(storages.test('  return localStorage.getItem(key);')).toBe(true);
  });

  test('draws each form that does something by PostForm, which says for whom it was drawn', () => {
    const forms = code
      .filter(({ path }) => /^src\/.*(?<!\.spec)\.tsx$/.test(path))
      .flatMap(({ path, text }) => [...text.matchAll(/<form\b(?:=>|[^>])*>/g)].map(([tag]) => ({ path, tag })))
      .filter(({ tag }) => /\bmethod=(?!"(?:get|dialog)")/.test(tag));
    expect(forms).toEqual([
      { path: 'src/web/shell/post-form.tsx', tag: '<form class={style} id={id} method="post" {...attributes}>' },
    ]);
  });

  test('lets the programs of pages ask by fetchAs: by fetch goes what is read by anybody or says in its headers whose it is', () => {
    const programs = code.filter(({ path }) => /^src\/web\/.*\/browser\/.*(?<!\.spec)\.tsx?$/.test(path));
    const plain = programs.filter(({ text }) =>
      /(?<![\w.])fetch\(/.test(text.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '')),
    );
    const silent = plain.filter(({ text }) => !/\bstated\(|'colloquy-as'/.test(text));
    expect(silent.map(({ path }) => path).sort()).toEqual([
      // Read alone.
      'src/web/audit/events/browser/audit.ts',
      'src/web/audit/verify/browser/verify.ts',
      'src/web/embed/browser/counts.ts',
      // Of the device, without a page.
      'src/web/notifications/browser/sw.ts',
      // Read alone.
      'src/web/search/browser/search.ts',
      'src/web/shell/browser/underway.ts',
      'src/web/thread/browser/sight.ts',
      'src/web/thread/past/browser/past-pages.ts',
    ]);
  });

  test('does not wait for a duration in tests', () => {
    const specs = code.filter(({ path }) => /\.spec\.tsx?$/.test(path));
    expect(matches(specs, /waitForTimeout|await (sleep|delay|setTimeout)\(/)).toEqual([]);
  });

  test('tells one in the shell as one, and two as two', () => {
    const shell = code.filter(({ path }) =>
      /^src\/(cli|keeping\/(backup|verification))\/.*(?<!\.spec)\.ts$/.test(path),
    );
    const uncounted =
      /\$\{(?!(\w+\.)*[A-Z_]+\})[^}]*\} (bytes|comments|erasures|events|files|images|keys|lines|members|pages|posts|texts|views)\b(?!\/)/;
    expect(matches(shell, uncounted)).toEqual([]);
    expect(['pages', 'MOST_PAGES'].map((count) => uncounted.test(`$\{${count}} pages`))).toEqual([true, false]);
  });

  test('has no index.ts inside src', () => {
    expect(code.filter(({ path }) => /^src\/.*\/index\.tsx?$/.test(path)).map(({ path }) => path)).toEqual([]);
  });
});

describe('package-lock.json', () => {
  test('names no registry host', () => {
    expect(readFileSync(resolve(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved"/);
  });
});

describe('the dependencies', () => {
  const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');

  test('each have their reason in docs/adr/0002-dependencies.md', () => {
    const manifest: Record<'dependencies' | 'devDependencies', Record<string, string>> = JSON.parse(
      read('package.json'),
    );
    const record = read('docs/adr/0002-dependencies.md');
    const named = new Set([...record.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name));
    const used = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
    expect({
      missing: used.filter((name) => !named.has(name)),
      extra: [...named].filter((name) => !used.includes(name ?? '')),
    }).toEqual({ missing: [], extra: [] });
  });
});
