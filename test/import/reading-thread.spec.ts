import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import type { ImportReport } from '../../src/import/recording/report.ts';
import { comment, END, post, writeExport } from '../support/made-exports.ts';
import { ImportForum } from './importing.ts';

const FIXTURE = new URL('./fixtures/small-blog.xml', import.meta.url).pathname;
const IN_THREAD = { smallBytes: 0 };
const HERE = { smallBytes: Number.MAX_SAFE_INTEGER };

/** Answers of several depths, more than a batch of them, with images, a link to the blog itself and what is warned of. */
function* discussed(): Iterable<string> {
  yield post(1, '<p>An image: <img src="https://large.example/a.png" alt="a"></p>');
  for (let id = 1; id <= 300; id += 1) {
    const text =
      id % 50 === 0
        ? `<img src="https://large.example/${id}.png">`
        : `<b>Words</b> of ${id}, ${'&amp; so on '.repeat(id)}`;
    yield comment(id, { answers: id % 3 === 0 ? Math.floor(id / 3) : 0, text: id === 7 ? text.repeat(300) : text });
  }
  yield comment(12, { text: 'of an id that is another comment’s' });
  yield comment(301, { answers: 999 });
  yield END;
}

describe('an export that is read in a thread of its own', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'reading-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  /** What an import into an empty forum reports, and what it has recorded, in the log's order. */
  const imported = async (file: string, how: { readonly smallBytes: number }) => {
    const forum = await ImportForum.open();
    try {
      const { seconds, ...report } = await forum.import(file, how);
      const events: unknown[] = [];
      for await (const { id, stream, type, data, occurredAt } of forum.context.store.readAll())
        events.push({ id, stream, type, data, occurredAt });
      const bodies = [...(await forum.comments()).values()].map(({ id, body, author }) => ({ id, body, author }));
      return { report, events, bodies };
    } finally {
      await forum.close();
    }
  };

  it('comes as one that is read beside the recording: the same events in the same order, and the same report', async () => {
    const file = join(dir, 'discussed.xml');
    await writeExport(file, discussed());
    const [there, here] = [await imported(file, IN_THREAD), await imported(file, HERE)];
    expect(there).toEqual(here);
    expect(there.report.comments).toMatchObject({ imported: 302, placeholders: 1 });
    expect(there.report.warnings.map(({ message }) => message)).toEqual([
      'the comment id 12 is used twice; this comment got an id from its content',
      expect.stringContaining('which is not under this post; a placeholder stands for it'),
      expect.stringContaining('more than a new one may have; kept whole'),
    ]);
    expect(there.report.images.missing).toEqual({ [String(Object.keys(here.report.images.missing)[0])]: 7 });
  });

  it('comes whole with several posts', async () => {
    const [there, here] = [await imported(FIXTURE, IN_THREAD), await imported(FIXTURE, HERE)];
    expect(there.report).toEqual(here.report);
    const sorted = (events: readonly unknown[]): readonly string[] =>
      events.map((event) => JSON.stringify(event)).sort();
    expect(sorted(there.events)).toEqual(sorted(here.events));
  });

  it('changes nothing when it is read again', async () => {
    const forum = await ImportForum.open();
    await forum.import(FIXTURE, IN_THREAD);
    const head = await forum.head();
    const again: ImportReport = await forum.import(FIXTURE, IN_THREAD);
    expect([again.posts.imported, again.comments.imported, await forum.head()]).toEqual([0, 0, head]);
    await forum.close();
  });

  it('brings what is whole before the place where it is broken, and tells that place', async () => {
    const file = join(dir, 'broken.xml');
    const whole = readFileSync(FIXTURE, 'utf8');
    writeFileSync(file, whole.slice(0, whole.lastIndexOf('</item>')));
    const [there, here] = [await imported(file, IN_THREAD), await imported(file, HERE)];
    expect(there.report.error).toEqual({
      message: expect.stringContaining('the file ends'),
      line: expect.any(Number),
      column: expect.any(Number),
    });
    expect(there.report).toEqual(here.report);
  });

  test.each([
    ['in a thread', IN_THREAD],
    ['beside the recording', HERE],
  ])('that is a folder fails as the system says, read %s', async (_, how) => {
    const forum = await ImportForum.open();
    await expect(forum.import(dir, how)).rejects.toMatchObject({ code: 'EISDIR' });
    await forum.close();
  });
});
