import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ASSET_NAMES, Assets } from './assets.ts';

let directory: string;
let assets: Assets;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'colloquy-assets-'));
  for (const ending of ['', '.br', '.gz']) writeFileSync(join(directory, `site-1a2b.css${ending}`), `css${ending}`);
  const manifest = {
    'site.css': { file: 'site-1a2b.css', imports: [] },
    'thread.js': { file: 't.js', imports: ['chunk-9.js'] },
  };
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify(manifest));
  assets = new Assets(pathToFileURL(`${directory}/`));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('assets', () => {
  it('tell which of them were not built, for themselves or for what they import', () => {
    expect(assets.missing()).toEqual(ASSET_NAMES.filter((name) => name !== 'site.css'));
    writeFileSync(join(directory, 't.js'), '');
    expect(assets.missing()).toContain('thread.js');
    writeFileSync(join(directory, 'chunk-9.js'), '');
    expect(assets.missing()).not.toContain('thread.js');
  });

  it('have addresses that change with their contents', () => {
    expect([assets.address('site.css'), assets.imports('thread.js')]).toEqual([
      '/assets/site-1a2b.css',
      ['/assets/chunk-9.js'],
    ]);
    expect(() => assets.address('write.js')).toThrow('there is no asset write.js; run npm run build');
  });

  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', null],
    [undefined, null],
  ])('are sent for "%s" as %s', (acceptEncoding, encoding) => {
    const file = assets.file('site-1a2b.css', acceptEncoding);

    const ending = { br: '.br', gzip: '.gz', none: '' }[encoding ?? 'none'];
    expect(file).toEqual({ bytes: Buffer.from(`css${ending}`), type: 'text/css; charset=utf-8', encoding });
  });

  it.each(['manifest.json', '../site-1a2b.css', 'site-1a2b.css.br', 'none.js', '.css', 'a/b.js'])(
    '%s is not among them',
    (name) => {
      expect(() => assets.file(name, 'br')).toThrow('not_found');
    },
  );
});
