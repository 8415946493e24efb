import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const MIB = 1024 * 1024;
/** Megabytes of the large file; the small one has a tenth. From 100 on the process holds all that it ever does. */
const LARGE = process.env['COLLOQUY_LONG'] === undefined ? 120 : 300;
const HEAD =
  '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://large.example</link>\n';

/** One post of about 150 KiB: a long text, two hundred comments unless told, and as much meta data of plugins. */
function item(id: number, count = 200): string {
  const comments = Array.from({ length: count }, (_, index) => {
    const comment = id * 1000 + index;
    return `<wp:comment><wp:comment_id>${comment}</wp:comment_id><wp:comment_author>Reader ${index}</wp:comment_author><wp:comment_content><![CDATA[${'Words of a comment. '.repeat(10)}]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>\n`;
  });
  const text = '<p>A paragraph of the post, as long as such a paragraph may be.</p>\n'.repeat(500);
  return `<item><title>Post ${id}</title><content:encoded><![CDATA[${text}]]></content:encoded><wp:post_id>${id}</wp:post_id>${comments.join('')}<wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value><![CDATA[${'x'.repeat(40_000)}]]></wp:meta_value></wp:postmeta></item>\n`;
}

describe('a large export', () => {
  let dir: string;

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'large-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const generate = async (file: string, bytes: number): Promise<void> => {
    const out = createWriteStream(file);
    out.write(HEAD);
    for (let id = 1, written = 0; written < bytes; id += 1) {
      const text = item(id);
      written += text.length;
      if (!out.write(text)) await once(out, 'drain');
    }
    out.end('</channel></rss>');
    await finished(out);
  };

  /**
   * Reads a file in a process of its own. `live`, in MiB: the most that was still in use after a collection, at each
   * fiftieth post. `peak`: the most that the process held; it fills up to about 220 with what is not collected yet, from
   * files of 100 MB on, whatever their size. Of the program alone: resourceUsage would count in the one that started it.
   */
  const memoryOf = async (
    file: string,
  ): Promise<{ readonly items: number; readonly live: number; readonly peak: number }> => {
    const program = `
      import { readFileSync } from 'node:fs';
      import { readWxr } from ${JSON.stringify(new URL('../../src/import/wordpress/wxr-reader.ts', import.meta.url).href)};
      let items = 0;
      let live = 0;
      for await (const { item } of readWxr(${JSON.stringify(file)}, (message) => { throw new Error(message); })) {
        items += item.comments.length > 0 ? 1 : 0;
        if (items % 50 !== 0) continue;
        gc();
        const { heapUsed, external } = process.memoryUsage();
        live = Math.max(live, (heapUsed + external) / 1024 / 1024);
      }
      console.log(JSON.stringify({ items, live, peak: Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024 }));`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--expose-gc',
      '--input-type=module',
      '--no-warnings',
      '--eval',
      program,
    ]);
    return JSON.parse(stdout);
  };

  it(`of ${LARGE} MB needs no more memory than one of ${LARGE / 10} MB`, async () => {
    const [small, large] = [join(dir, 'small.xml'), join(dir, 'large.xml')];
    await generate(small, (LARGE / 10) * MIB);
    await generate(large, LARGE * MIB);
    expect(statSync(large).size).toBeGreaterThan(LARGE * MIB);
    const [few, many] = [await memoryOf(small), await memoryOf(large)];
    expect(many.items).toBeGreaterThan(9 * few.items);
    expect(many.live).toBeLessThan(few.live + 8);
    expect(many.peak).toBeLessThan(300);
  }, 180_000);

  it('keeps no more of one post with 60,000 comments than their places, and gives each of them as it was', async () => {
    const file = join(dir, 'discussed.xml');
    writeFileSync(file, `${HEAD}${item(1, 60_000)}</channel></rss>`);
    const program = `
      import { readWxr } from ${JSON.stringify(new URL('../../src/import/wordpress/wxr-reader.ts', import.meta.url).href)};
      gc();
      const before = process.memoryUsage().heapUsed;
      for await (const { item } of readWxr(${JSON.stringify(file)}, () => undefined)) {
        gc();
        const kept = (process.memoryUsage().heapUsed - before) / 1024 / 1024;
        const last = item.comments.at(item.comments.length - 1).fields.get('wp:comment_author');
        console.log(JSON.stringify({ kept, count: item.comments.length, last }));
        item.comments.close();
      }`;
    const args = ['--expose-gc', '--input-type=module', '--no-warnings', '--eval', program];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(JSON.parse(stdout)).toEqual({ kept: expect.any(Number), count: 60_000, last: 'Reader 59999' });
    expect(JSON.parse(stdout).kept).toBeLessThan(16);
  }, 60_000);
});
