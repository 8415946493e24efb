import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ImportSourceKind } from '../../libs/words/index.ts';
import { unlessMissing } from '../support/left-out.ts';
import { runHere } from '../support/run-here.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';
import { type ToldPost, toldForum } from '../support/told-forum.ts';
import { ImportForum } from './importing.ts';

const PUBLIC_URL = 'https://forum.example';
const scratch = mkdtempSync(join(tmpdir(), 'colloquy-taken-out-'));
const env = { PUBLIC_URL };

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The file brought into a new forum: what the import says, and what readers find there. */
async function broughtBack(file: string) {
  const forum = await ImportForum.open();
  const report = await forum.import(file, { now: new Date().toISOString() });
  await forum.close({ keep: true });
  const told = await toldForum(forum.dataDir);
  rmSync(forum.dataDir, { recursive: true, force: true });
  return { report, told };
}

const BODY = `Two *rivers* & one "town" ]]> 🙂 שלום <b>
with [a link](https://elsewhere.example/?a=1&b=2), [gallery] and \`[code]\`.

1. ที่พัก
2. 你好

| a | b |
|---|--:|
| 1 | ~~2~~ |

\`\`\`js
if (a < b && c) {

  d(']]>');
}
\`\`\``;

describe('a forum that is taken out while it is served', () => {
  let forum: RunningForum;
  let told: readonly ToldPost[];
  const wxr = join(scratch, 'forum.xml');
  const secrets = ['SECRET-DRAFT', 'SECRET-WITHDRAWN', 'SECRET-LATER', 'SECRET-HELD', 'SECRET-REMOVED', 'SECRET-LEAF'];

  beforeAll(async () => {
    forum = await startForum({ env: { PUBLIC_URL } });
    await filled(forum);
    told = await toldForum(forum.dataDir);
  });
  afterAll(() => forum.close());

  async function filled(served: RunningForum): Promise<void> {
    const done: RunningForum['done'] = (...asked) => served.done(...asked);
    const editor = await served.member('thida', ['editor', 'moderator', 'admin']);
    const as = editor.token;
    const moderator = await served.member('sokha', ['moderator']);
    const post = (title: string, more: object) =>
      done<{ id: string; slug: string }>('POST', '/api/v1/posts', {
        token: as,
        body: { title, body: 'Text.', ...more },
      });
    const { id, slug } = await post('Hai dòng sông & <one> town', {
      body: BODY,
      tags: ['Mekong', 'R&D', 'R D', '中文'],
    });
    await post('แม่น้ำ', { excerpt: 'A *few* words.' });
    const withdrawn = await post('SECRET-WITHDRAWN', {});
    await done('POST', `/api/v1/posts/${withdrawn.id}/withdraw`, { token: as });
    await post('SECRET-LATER', { publishAt: '2199-01-01T00:00:00.000Z' });
    const say = async (body: string, parentId?: string, under = id) => {
      const wish = { id: newId(), body, ...(parentId && { parentId }) };
      await done('POST', `/api/v1/posts/${under}/comments`, { token: as, body: wish });
      return wish.id;
    };
    const first = await say('@thida says  \nhello\n\n> quoted\n\nand `code`');
    let parent = first;
    for (let depth = 1; depth <= 10; depth += 1) parent = await say(`answer **${depth}** ]]> 🙂`, parent);
    const removed = await say('SECRET-REMOVED', first);
    const below = await say('SECRET-REMOVED too', removed);
    await say(`It stays: /posts/${slug}#comment-${first} and [there](/posts/${slug}#comment-${first})`, below);
    const leaf = await say('SECRET-LEAF');
    const held = await say('SECRET-HELD');
    const translate = (of: string, words: string) =>
      done('POST', `/api/v1/${of}/translations`, {
        token: as,
        body: { language: 'vi', sourceRevision: 0, body: words, ...(of.startsWith('posts') && { title: 'Tựa' }) },
      });
    await translate(`posts/${id}`, 'Bài *viết*');
    await translate(`comments/${first}`, '=Lời');
    const [changed, changedBack] = [await say('Changed'), await say('Changed and changed back')];
    for (const one of [changed, changedBack]) await translate(`comments/${one}`, 'Lời');
    const edit = (comment: string, body: string, revision: number) =>
      done('PATCH', `/api/v1/comments/${comment}`, { token: as, body: { body, revision } });
    await edit(changed, 'Changed!', 0);
    await edit(changedBack, 'Another', 0);
    await edit(changedBack, 'Changed and changed back', 1);
    await translate(`comments/${leaf}`, 'SECRET-LEAF');
    await translate(`comments/${held}`, 'SECRET-HELD');
    for (const [comment, action] of [
      [removed, 'remove'],
      [below, 'remove'],
      [leaf, 'remove'],
      [held, 'hold'],
    ] as const)
      await done('POST', `/api/v1/comments/${comment}/decisions`, {
        token: moderator.token,
        body: { action, reason: 'spam', revision: 0 },
      });
  }

  it('comes back from WXR with the same posts, writers, threads and texts', async () => {
    expect(await runHere(['export', 'wxr', wxr, '--json'], { dataDir: forum.dataDir, env })).toMatchObject({
      status: 0,
      said: '',
    });
    const { report, told: back } = await broughtBack(wxr);
    expect(report).toMatchObject({ site: PUBLIC_URL, posts: { imported: 2, skipped: {} }, warnings: [], error: null });
    expect(report.comments).toMatchObject({ imported: 14, held: 0, placeholders: 2 });
    expect(back).toEqual(told);
  });

  it('tells nothing that readers do not read, and no address of a person', () => {
    const file = readFileSync(wxr, 'utf8');
    expect([...secrets, '@example', 'thida@'].filter((word) => file.includes(word))).toEqual([]);
  });

  it('writes posts and comments for spreadsheets', async () => {
    const dir = join(scratch, 'tables');
    mkdirSync(dir);
    expect(await runHere(['export', 'csv', dir], { dataDir: forum.dataDir, env })).toMatchObject({
      status: 0,
      out: '',
    });
    const read = (name: string): string => readFileSync(join(dir, name), 'utf8');
    const [posts, comments, translations] = [read('posts.csv'), read('comments.csv'), read('translations.csv')];
    expect(posts.split('\r\n')[0]).toBe(
      '\ufeffid,address,kind,title,author,handle,published_at,edited_at,language,tags,comments,excerpt,text',
    );
    expect(comments.split('\r\n')[0]).toBe(
      '\ufeffid,post_id,parent_id,depth,status,author,handle,created_at,edited_at,address,text',
    );
    expect(comments).toContain(',"\'@thida says');
    expect(comments.match(/,removed,/g)).toHaveLength(2);
    const [head, ...rows] = translations.split('\r\n').slice(0, -1);
    expect(head).toBe('\ufeffid,post_id,comment_id,language,by,handle,written_at,source_revision,status,title,text');
    expect(rows.map((row) => row.split(',').slice(3).with(3, 'then'))).toEqual([
      ['vi', 'Name of thida', 'thida', 'then', '0', 'current', 'Tựa', 'Bài *viết*'],
      ['vi', 'Name of thida', 'thida', 'then', '0', 'current', '', "'=Lời"],
      ['vi', 'Name of thida', 'thida', 'then', '0', 'stale', '', 'Lời'],
      ['vi', 'Name of thida', 'thida', 'then', '0', 'current', '', 'Lời'],
    ]);
    expect(secrets.filter((word) => `${posts}${comments}${translations}`.includes(word))).toEqual([]);
  });

  it('writes nothing over, and leaves nothing half', async () => {
    const before = readdirSync(scratch).sort();
    const full = join(scratch, 'tables');
    for (const [kind, place, said] of [
      ['wxr', wxr, 'there is already a file'],
      ['csv', full, 'holds something already'],
      ['csv', wxr, 'is a file'],
      ['csv', join(scratch, 'no', 'folder'), 'there is no folder'],
      ['wxr', join(scratch, 'no', 'file.xml'), 'there is no'],
    ] as const) {
      const ran = await runHere(['export', kind, place], { dataDir: forum.dataDir, env });
      expect(ran).toMatchObject({ status: 1, said: expect.stringContaining(said) });
    }
    expect(readdirSync(scratch).sort()).toEqual(before);
    expect(readdirSync(join(forum.dataDir, 'views')).filter((name) => name.includes('scratch'))).toEqual([]);
  });
});

/** Exports of real blogs are no part of this project; where they are at hand, they are taken through the forum and back. */
const SAMPLES = new URL('../../../shared/data/', import.meta.url).pathname;
const samples = unlessMissing(existsSync(SAMPLES) ? null : 'exports of real blogs are not at hand');

samples.describe('what was brought from elsewhere goes out and comes back', () => {
  it.each([
    ['wordpress', 'wxr/blog-zh-canghai908.xml'],
    ['disqus', 'disqus/disqus-zh-laisky.xml'],
  ] as const)('from %s: %s', async (source: ImportSourceKind, name) => {
    const forum = await ImportForum.open();
    await forum.import(join(SAMPLES, name), { source });
    await forum.close({ keep: true });
    const file = join(scratch, name.replace('/', '-'));
    expect((await runHere(['export', 'wxr', file], { dataDir: forum.dataDir, env })).status).toBe(0);
    const before = await toldForum(forum.dataDir);
    rmSync(forum.dataDir, { recursive: true, force: true });
    // What was said under pages of other sites has its post here.
    const expected = before.map((post) => (post.text === '' ? { ...post, text: expect.any(String) } : post));
    expect((await broughtBack(file)).told).toEqual(expected);
  });
});
