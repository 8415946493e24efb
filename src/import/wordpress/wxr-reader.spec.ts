import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SourceError, type Warning } from '../source/source.ts';
import { readWxr } from './wxr-reader.ts';

const HEAD =
  '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>';
const FOOT = '</channel></rss>';
const item = (title: string, inside = ''): string => `<item><title>${title}</title>${inside}</item>`;

describe('reading a WordPress export', () => {
  let dir: string;

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'wxr-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const read = async (content: string | Uint8Array) => {
    const file = join(dir, 'export.xml');
    writeFileSync(file, content);
    const warnings: Warning[] = [];
    const items: Record<string, string>[] = [];
    let error: unknown;
    try {
      for await (const each of readWxr(file, (message, place) => warnings.push({ ...place, message }))) {
        items.push(Object.fromEntries(each.item.fields));
      }
    } catch (reason) {
      error = reason;
    }
    return { items, warnings, error: error instanceof SourceError ? { ...error.place, reason: error.reason } : error };
  };

  it('gives items with their values trimmed and the parts of each value joined', async () => {
    const inside = '<content:encoded>\n<![CDATA[ a]]><![CDATA[b ]]>\n</content:encoded><wp:post_id>\n 7 </wp:post_id>';
    expect(await read(HEAD + item('T', inside) + FOOT)).toEqual({
      items: [{ title: 'T', 'content:encoded': 'ab', 'wp:post_id': '7' }],
      warnings: [],
      error: undefined,
    });
  });

  it('given control characters, drops them and says where', async () => {
    const { items, warnings } = await read(`${HEAD}\n${item('a\u0008b')}\n${FOOT}`);
    expect(items).toEqual([{ title: 'ab' }]);
    expect(warnings).toEqual([{ line: 2, column: 15, message: 'a character that XML forbids was dropped' }]);
  });

  it('given an unbound prefix, reads it as usual and says so once', async () => {
    const head = '<rss><channel><wp:wxr_version>1.2</wp:wxr_version>';
    const { items, warnings } = await read(head + item('a', '<wp:post_id>1</wp:post_id>') + FOOT);
    expect(items).toEqual([{ title: 'a', 'wp:post_id': '1' }]);
    expect(warnings).toHaveLength(1);
  });

  it('given another prefix for WordPress, or none, reads the same names', async () => {
    const ns = 'http://wordpress.org/export/1.1/';
    const inside = `<p:post_id xmlns:p="${ns}">1</p:post_id><post_name xmlns="${ns}">n</post_name>`;
    expect((await read(HEAD + item('a', inside) + FOOT)).items).toEqual([
      { title: 'a', 'wp:post_id': '1', 'wp:post_name': 'n' },
    ]);
  });

  it('given "]]>" inside a CDATA section, reads on to where it was meant to end', async () => {
    const { items, warnings } = await read(
      HEAD + item('a', '<content:encoded><![CDATA[x <![CDATA[ y ]]> z]]></content:encoded>') + FOOT,
    );
    expect(items).toEqual([{ title: 'a', 'content:encoded': 'x <![CDATA[ y ]]> z' }]);
    expect(warnings).toHaveLength(1);
  });

  it('given a file that ends early, gives what was whole before and says where it ends', async () => {
    expect(await read(`${HEAD}${item('whole')}\n<item><title>half</title>`)).toEqual({
      items: [{ title: 'whole' }],
      warnings: [],
      error: { line: 2, column: 25, reason: 'the file ends in the middle of <item>, which began in line 2' },
    });
  });

  it('given an item that another tag closes, gives those before it and not the broken one', async () => {
    const { items, error } = await read(`${HEAD}${item('whole')}<item><title>broken</title></channel></rss>`);
    expect(items).toEqual([{ title: 'whole' }]);
    expect(error).toMatchObject({ line: 1, reason: 'broken XML: unexpected close tag.' });
  });

  it.each([
    ['entities', '<!DOCTYPE rss [\n<!ENTITY a "b">\n<!ENTITY c "&a;&a;">\n]>\n', { line: 2, column: 1 }],
    ['an external subset of parameters', '<!DOCTYPE rss SYSTEM "x" [%y;]>', { line: 1, column: 27 }],
  ])('given %s in a document type, refuses it with its place', async (_, doctype, place) => {
    const { items, error } = await read(doctype + HEAD + item('&c;') + FOOT);
    expect(items).toEqual([]);
    expect(error).toMatchObject({ ...place, reason: expect.stringContaining('document type') });
  });

  it.each([
    ['nothing', ''],
    ['JSON', '{"a": 1}'],
    ['another XML', '<feed><entry/></feed>'],
    ['an RSS feed of something else', `<rss><channel>${item('news', '<link>http://x.example</link>')}${FOOT}`],
    ['an RSS without a channel', `<rss xmlns:wp="http://wordpress.org/export/1.2/"><other>${item('a')}</other></rss>`],
    ['a feed without items', '<rss><channel><title>x</title></channel></rss>'],
  ])('given %s, refuses it and gives no item', async (_, content) => {
    const { items, error } = await read(content);
    expect(items).toEqual([]);
    expect(error).toMatchObject({ reason: expect.stringContaining('no WordPress export') });
  });

  it('given a ZIP archive, says what to do', async () => {
    expect((await read(Buffer.from('PK\u0003\u0004xxxx'))).error).toMatchObject({
      reason: expect.stringContaining('unpack'),
    });
  });

  it('given nesting without end, stops', async () => {
    expect((await read(HEAD + '<a>'.repeat(1000))).error).toMatchObject({ reason: expect.stringContaining('nested') });
  });

  it('given a text without end, stops before it fills the memory', async () => {
    expect((await read(`${HEAD}<item><title>${'x'.repeat(9 * 1024 * 1024)}`)).error).toMatchObject({
      reason: 'a text of over 8 MiB',
    });
  });

  it('given a section longer than any text that is kept, cuts it, says so, and keeps count of its lines', async () => {
    const long = 'line \u{1f600}]]\n'.repeat(600_000);
    const { items, warnings, error } = await read(
      `${HEAD}${item('a', `<content:encoded><![CDATA[${long}]]></content:encoded>`)}${item('b\u0008')}${FOOT}`,
    );
    expect(error).toBeUndefined();
    expect(items.map(({ title }) => title)).toEqual(['a', 'b']);
    expect(long.startsWith(items[0]?.['content:encoded'] ?? '-')).toBe(true);
    expect(items[0]?.['content:encoded']).toHaveLength(4 * 1024 * 1024);
    expect(warnings).toEqual([
      { line: 1, column: expect.any(Number), message: expect.stringContaining('was cut at 4194304 characters') },
      { line: 600_001, column: expect.any(Number), message: 'a character that XML forbids was dropped' },
    ]);
  });

  it('given gzip, a byte order mark, or an old encoding, reads the same', async () => {
    const text = HEAD + item('né') + FOOT;
    expect((await read(gzipSync(text))).items).toEqual([{ title: 'né' }]);
    expect((await read(`\ufeff<?xml version="1.0"?>${text}`)).items).toEqual([{ title: 'né' }]);
    expect((await read(Buffer.from(`\ufeff${text}`, 'utf16le'))).items).toEqual([{ title: 'né' }]);
    expect((await read(Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${text}`, 'latin1'))).items).toEqual([
      { title: 'né' },
    ]);
  });

  it('given blank lines before the declaration and text after the end, reads the file with warnings', async () => {
    const { items, warnings } = await read(`\n\n<?xml version="1.0"?>${HEAD}${item('a')}${FOOT}\n<!-- x --> junk`);
    expect(items).toEqual([{ title: 'a' }]);
    expect(warnings.map(({ message }) => message)).toEqual([
      'there is something in front of the XML declaration',
      'there is text after the end of the export',
    ]);
  });
});
