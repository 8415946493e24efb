import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { recognised } from './recognised.ts';

let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'recognised-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const of = (content: string | Buffer) => {
  const file = join(dir, 'export');
  writeFileSync(file, content);
  return recognised(file);
};

const WXR = '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel></channel></rss>';

it.each([
  ['disqus', '<?xml version="1.0"?>\n<disqus xmlns="http://disqus.com">'],
  ['disqus', '<rss xmlns:wp="http://wordpress.org/export/1.0/" xmlns:dsq="http://www.disqus.com/">'],
  ['wordpress', WXR],
  ['wordpress', `\ufeffWarning: a line of PHP\n<?xml version="1.0"?>${WXR}`],
  ['isso', 'SQLite format 3\u0000and more'],
  ['remark42', '{"version":1,"users":[],"posts":[]}\n{"id":"a"}\n'],
  ['commento', '{\n "version": 1,\n "comments": [{"commentHex": "a", "domain": "x", "url": "/"}]}'],
  ['comentario', '{"version":1,"comments":[{"commentHex":"a","host":"x","path":"/"}]}'],
  ['comentario', '{"version":3,"domainPages":[],"pages":[{"id":"g"}]}'],
  ['waline', '{"type":"waline","version":1,"data":{"Comment":[]}}'],
  ['twikoo', '{"code":0,"data":[{"_id":"a","nick":"b"}]}'],
  ['artalk', '[{"id":"1","page_key":"/a"}]'],
  ['artalk', '- id: 1\n  rid: 0\n  page_key: /a\n'],
  ['discourse', '{"post_stream":{"posts":[]}}'],
])('recognises %s, also gzipped', async (source, content) => {
  expect(await of(content)).toBe(source);
  if (source !== 'isso') expect(await of(gzipSync(content))).toBe(source);
});

it.each([
  ['nothing', ''],
  ['another system', '{"uri":"https://oauth.reddit.com"}'],
  ['people of Artalk', '- id: 1\n  name: admin\n  password: secret\n'],
  ['a picture', Buffer.from('89504e470d0a1a0a', 'hex')],
  ['an archive', 'PK\u0003\u0004'],
  ['broken gzip', Buffer.from('1f8b0000', 'hex')],
  ['NUL bytes', '\u0000'.repeat(100)],
])('does not recognise %s', async (_, content) => {
  expect(await of(content)).toBeNull();
});
