import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import type { AskedErasure, Erasure } from '../../libs/client/index.ts';
import type { ErasureState } from '../../libs/words/index.ts';
import { applyLedger } from '../../src/cli/apply-ledger.ts';
import { readConfig } from '../../src/config.ts';
import { ImportComment } from '../../src/domain/comment/comment.commands.ts';
import { RequestErasure } from '../../src/domain/erasure/erasure.commands.ts';
import { readLedger, writeLedger } from '../../src/keeping/backup/ledger.ts';
import { ImportForum } from '../import/importing.ts';
import { disqusExport, disqusPost, thread } from '../support/disqus-exports.ts';
import { PASSWORD } from '../support/forum-caller.ts';
import { runColloquy } from '../support/run-colloquy.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

const place = mkdtempSync(join(tmpdir(), 'colloquy-ledger-'));
afterAll(() => rmSync(place, { recursive: true }));

async function ran(words: readonly string[], dataDir: string): Promise<string> {
  const { status, out, said } = await runColloquy(words, { dataDir });
  if (status !== 0) throw new Error(`${words.join(' ')}: ${said}`);
  return out;
}

/** Every key that is gone is gone by an event of the log. Nothing signs the folder, which `verify` finds fault with. */
async function requireRecorded(dataDir: string): Promise<void> {
  const { out, said } = await runColloquy(['verify'], { dataDir });
  expect(out + said).toMatch(/seals: +\d+, of which [1-9]\d* were erased by an event of the log/);
  expect(out + said).not.toContain('no event of the log destroyed it');
}

/** What another process has asked for is seen a little later. */
async function done(forum: RunningForum, id: string): Promise<Erasure> {
  await stands(forum, id, 'done');
  return forum.done('GET', `/api/v1/erasures/${id}`);
}

async function stands(forum: RunningForum, id: string, state: ErasureState): Promise<void> {
  await until(async () => {
    const { status, body } = await forum.call('GET', `/api/v1/erasures/${id}`);
    return status === 200 && Reflect.get(Object(body), 'state') === state;
  });
}

test('a backup from before an erasure comes back without what was erased, and goes on', async () => {
  const dataDir = join(place, 'forum');
  const forum = await startForum({ reacts: true, env: { DATA_DIR: dataDir } });
  const admin = await forum.admin();
  const person = await forum.member('gone');
  const post = await forum.publish(admin);
  const [theirs, others] = [await forum.comment(person, post.id), await forum.comment(admin, post.id)];
  await ran(['backup', join(place, 'backup')], dataDir);
  const before = join(place, 'before');
  await ran(['restore', join(place, 'backup')], before);
  const body = { comments: 'remove', password: PASSWORD, immediately: true };
  const asked = await forum.done<AskedErasure>('POST', '/api/v1/members/me/erasure', { token: person.token, body });
  await done(forum, asked.erasureId);
  const ledger = join(place, 'kept.ledger');
  await ran(['erase', 'ledger', '--out', ledger], dataDir);
  await forum.close();

  const restored = join(place, 'restored');
  const out = await ran(['restore', join(place, 'backup'), '--ledger', ledger, '--json'], restored);
  expect(JSON.parse(out)).toMatchObject({ erased: { erasures: 1, keys: expect.any(Number) } });
  const copied = join(place, 'copied');
  const words = ['log', 'copy', '--from', `sqlite:${before}`, '--to', `sqlite:${copied}`, '--ledger', ledger];
  expect(JSON.parse(await ran([...words, '--json'], copied))).toMatchObject({ erased: { erasures: 1 } });

  for (const brought of [restored, copied]) {
    await requireRecorded(brought);
    const again = await startForum({ reacts: true, env: { DATA_DIR: brought } });
    try {
      expect((await done(again, asked.erasureId)).steps.map(({ step }) => step)).toContain('account');
      expect(await again.thread(post.id)).toMatchObject({
        items: [
          { id: theirs.id, status: 'erased', body: null, author: null },
          { id: others.id, status: 'visible' },
        ],
      });
      const signIn = await again.call('POST', '/api/v1/sessions', { body: { login: 'gone', password: PASSWORD } });
      expect(signIn.status).toBe(401);
      expect(readFileSync(join(brought, 'erasures.ledger'), 'utf8')).toContain(asked.erasureId);
    } finally {
      await again.close();
    }
    await requireRecorded(brought);
  }
}, 120_000);

describe('from the shell, beside a server', () => {
  let forum: RunningForum;
  const dataDir = join(place, 'served');
  const erase = (...words: readonly string[]) => runColloquy(['erase', ...words], { dataDir });
  const idIn = (out: string): string => (JSON.parse(out) as AskedErasure).erasureId;
  beforeAll(async () => {
    forum = await startForum({ reacts: true, env: { DATA_DIR: dataDir } });
  });
  afterAll(() => forum.close());

  test('a member is erased by its name or address, once however often it is asked for', async () => {
    const admin = await forum.admin();
    const { id } = await forum.publish(admin);
    const comment = await forum.comment(await forum.member('shelled'), id);
    const first = await erase('member', 'shelled', '--comments', 'remove', '--json');
    const again = await erase('member', 'shelled@example.org', '--comments', 'remove', '--json');
    expect(again.status === 0 ? idIn(again.out) : again.said).toMatch(
      new RegExp(`^${idIn(first.out)}$|No member signs in as`),
    );
    await done(forum, idIn(first.out));
    expect(await forum.thread(id)).toMatchObject({ items: [{ id: comment.id, status: 'erased', author: null }] });
    const gone = await erase('member', 'shelled', '--comments', 'remove');
    expect(gone).toMatchObject({ status: 1, said: expect.stringContaining('No member signs in as shelled') });
  });

  test('imported people are erased by their name, from one source alone when told', async () => {
    const { id: postId } = await forum.publish(await forum.admin());
    const people = [
      ['Old Hand', 'disqus'],
      ['old hand', 'wordpress'],
      ['Another', 'disqus'],
    ] as const;
    const ids: string[] = [];
    for (const [displayName, kind] of people) {
      const commentId = newId();
      ids.push(commentId);
      const author = { displayName, email: null, url: null };
      const source = { kind, site: 'blog', id: commentId };
      const wish = { commentId, postId, parentId: null, body: `By ${displayName}`, author, source };
      const meta = { commandId: newId(), actor: 'import:x', now: new Date().toISOString(), correlationId: newId() };
      const command = new ImportComment({ ...wish, held: false, keepsPlace: false }, { ...meta, causationId: null });
      await forum.forum.app.get(CommandBus).execute(command);
    }
    const asked = await erase('imported', '--name', 'Old Hand');
    expect(asked).toMatchObject({
      status: 2,
      said: expect.stringContaining('would erase 2 comments (1 of disqus, 1 of wordpress)'),
    });
    const { out } = await erase('imported', '--name', ' OLD HAND ', '--source', 'disqus', '--yes', '--json');
    await done(forum, idIn(out));
    const { items } = await forum.thread(postId);
    const statusOf = new Map(items.map(({ id, status }) => [id, status]));
    expect(ids.map((id) => statusOf.get(id))).toEqual(['erased', 'visible', 'visible']);
  });

  test('whoever was erased is not brought again by a newer export, nor into a forum that the ledger erased again', async () => {
    const email = 'jane@mail.example';
    const [first, answer] = [disqusPost(1, { thread: 1, email }), disqusPost(2, { thread: 1, parent: 1 })];
    const newer = [
      disqusPost(3, { thread: 1, email: 'Jane@Mail.Example', text: '<p>Back again</p>' }),
      disqusPost(4, { thread: 1, parent: 3 }),
      disqusPost(5, { thread: 1, email, text: '<p>And again</p>' }),
      ...['Jane &lt;jane@mail.example&gt;', 'mailto:jane@mail.example', '\uff4aane@mail.example'].map((written, at) =>
        disqusPost(6 + at, { thread: 1, email: written, text: '<p>Written otherwise, again</p>' }),
      ),
    ];
    const exported = (file: string, ...posts: readonly string[]): string => {
      writeFileSync(join(place, file), disqusExport(thread(1), ...posts));
      return join(place, file);
    };
    const writing = await ImportForum.open(dataDir);
    const about = {
      subject: 'imported',
      memberId: null,
      commentId: null,
      source: 'disqus',
      comments: 'remove',
    } as const;
    const [erasureId, now] = [newId(), new Date().toISOString()];
    const meta = { commandId: newId(), actor: 'system', now, correlationId: erasureId, causationId: null };
    const wish = { ...about, erasureId, dueAt: now, email: null, name: 'Reader 1', reason: null };
    const ledger = join(place, 'people.ledger');
    try {
      await writing.import(exported('older.xml', first, answer), { source: 'disqus' });
      await writing.context.commands.execute(new RequestErasure(wish, meta));
      await done(forum, erasureId);
      const file = exported('newer.xml', first, answer, ...newer);
      for (const dryRun of [true, false]) {
        const { comments, leftOutAt } = await writing.import(file, { source: 'disqus', dryRun });
        expect(comments).toMatchObject({ imported: 1, placeholders: 1, unchanged: 2 });
        expect(comments.skipped).toEqual({ 'was erased here': 5 });
        expect(leftOutAt.comments['was erased here']).toHaveLength(5);
      }
      const told = JSON.stringify([...(await writing.comments()).values()]);
      expect([/Words of 4/, /again/, /jane/i, /Reader 3/].map((words) => words.test(told))).toEqual([
        true,
        false,
        false,
        false,
      ]);
      await writeLedger(ledger, writing.context.store);
    } finally {
      await writing.close({ keep: true });
    }
    const elsewhere = join(place, 'elsewhere');
    mkdirSync(elsewhere);
    copyFileSync(join(dataDir, 'secrets.json'), join(elsewhere, 'secrets.json'));
    await applyLedger(readConfig({ DATA_DIR: elsewhere }), await readLedger(ledger));
    const restored = await ImportForum.open(elsewhere);
    try {
      const { comments } = await restored.import(join(place, 'newer.xml'), { source: 'disqus' });
      expect(comments).toMatchObject({ imported: 2, placeholders: 2, skipped: { 'was erased here': 6 } });
    } finally {
      await restored.close({ keep: true });
    }
  });

  test('the last admin stays, and what is asked for wrongly says how', async () => {
    await forum.admin();
    const { out } = await erase('member', 'the-admin', '--comments', 'keep', '--json');
    await stands(forum, idIn(out), 'taken-back');
    expect(await forum.signIn('the-admin')).toMatchObject({ member: { handle: 'the-admin' } });
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [['member', 'the-admin', '--comments', 'some'], /keep or remove/],
      [['member', 'nobody-here', '--comments', 'keep'], /No member signs in as nobody-here/],
      [['imported'], /--email or --name/],
      [['imported', '--email', 'a@b.example', '--name', 'A'], /--email or --name/],
    ];
    for (const [words, how] of wrong) {
      const { status, said } = await erase(...words);
      expect([words, status === 0, said]).toEqual([words, false, expect.stringMatching(how)]);
    }
  });
});
