import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ColloquyClient,
  type Comment,
  type CommentPage,
  type ThreadActivity,
  type ThreadDifference,
} from '../../libs/client/index.ts';
import { type KurrentDbServer, startKurrentDbServer } from '../kurrentdb-server/server.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { edit, react, remove } from '../support/live-forum.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const words = (from: number, until: number): readonly string[] =>
  Array.from({ length: until - from }, (_, n) => `Word ${from + n}`);

/** What readers are to find at no moment. */
const SECRET = 'thylacine';

describe.each(['a file', 'a server'])('a thread looked back at, its log in %s', (place) => {
  const dir = mkdtempSync(join(tmpdir(), 'colloquy-past-'));
  let server: KurrentDbServer | undefined;
  let forum: RunningForum;
  let people: Readonly<Record<'editor' | 'moderator' | 'auditor' | 'writer' | 'reader', TestMember>>;
  let postId: string;
  let said: Readonly<Record<'first' | 'answer' | 'second' | 'removed' | 'held' | 'approved', Comment>>;
  /** The page of the live thread after each of these, for readers and for moderators. */
  const was = new Map<string, { readonly reader: CommentPage; readonly moderator: CommentPage }>();

  const read = <Answer>(query: string, by?: TestMember): Promise<Answer> =>
    forum.done('GET', `/api/v1/posts/${postId}/${query}`, by ? { token: by.token } : {});
  const note = async (name: string): Promise<void> => {
    was.set(name, { reader: await read('comments'), moderator: await read('comments', people.moderator) });
  };
  const positionOf = (name: string): string => was.get(name)?.reader.position ?? '';
  const decide = (comment: Comment, action: string): Promise<unknown> =>
    forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, {
      token: people.moderator.token,
      body: { action, revision: comment.revision },
    });
  const say = (body: string, parent?: Comment): Promise<Comment> =>
    forum.comment(people.writer, postId, { body, parentId: parent?.id ?? null });

  beforeAll(async () => {
    server = place === 'a server' ? await startKurrentDbServer({ dir }) : undefined;
    forum = await startForum({ env: server ? { EVENT_STORE_URL: server.url } : {} });
    people = {
      editor: await forum.member('an-editor', ['editor']),
      moderator: await forum.member('a-moderator', ['moderator']),
      auditor: await forum.member('an-auditor', ['auditor']),
      writer: await forum.member('a-writer'),
      reader: await forum.member('a-reader'),
    };
    postId = (await forum.publish(people.editor)).id;
    await note('nothing');
    const first = await say('First, as it was posted');
    const answer = await say('An answer', first);
    await react(forum, people.reader, first);
    await note('two');
    const changed = await edit(forum, people.writer, first, 'First, as it was edited');
    const removed = await say(`${SECRET} removed`);
    const held = await say(`${SECRET} held`);
    const approved = await say('Held for a while');
    await decide(approved, 'hold');
    await note('five');
    await edit(forum, people.writer, changed, 'First, as it is now');
    await remove(forum, people.writer, removed);
    await decide(held, 'hold');
    await decide({ ...approved, revision: approved.revision + 1 }, 'approve');
    const second = await say('Second');
    await note('all');
    said = { first, answer, second, removed, held, approved };
  });
  afterAll(async () => {
    await forum.close();
    await server?.close();
    rmSync(dir, { recursive: true });
  });

  it('reads at a position as it read there, edits, reactions and answers included', async () => {
    for (const name of ['nothing', 'two', 'all']) {
      expect(await read(`comments?position=${positionOf(name)}`)).toEqual(was.get(name)?.reader);
    }
    expect((await read<CommentPage>('comments?position=0')).items).toEqual([]);
    const { items } = await read<CommentPage>(`comments?position=${positionOf('two')}`);
    expect(items.map(({ body, replyCount, reactions }) => [body, replyCount, reactions])).toEqual([
      ['First, as it was posted', 1, { like: 1 }],
      ['An answer', 0, {}],
    ]);
  });

  it('shows readers nothing that is hidden now or was then, and leaves the place of what was removed since', async () => {
    const page = await read<CommentPage>(`comments?position=${positionOf('five')}`);
    expect(page.items.map(({ id, status, body, author }) => [id, status, body, author?.displayName])).toEqual([
      [said.first.id, 'visible', 'First, as it was edited', 'Name of a-writer'],
      [said.answer.id, 'visible', 'An answer', 'Name of a-writer'],
      [said.removed.id, 'removed', null, undefined],
    ]);
    expect(page.total).toBe(3);
  });

  it('shows moderators and auditors all of it, and records that they looked', async () => {
    for (const by of [people.moderator, people.auditor]) {
      const page = await read<CommentPage>(`comments?position=${positionOf('five')}`, by);
      expect(page).toEqual(was.get('five')?.moderator);
      expect(page.items.map(({ body }) => body)).toContain(`${SECRET} held`);
    }
    const looks: unknown[] = [];
    for await (const { type, data } of forum.forum.log.store.readAll({ filter: { types: ['HiddenSeen.v2'] } })) {
      if (type === 'HiddenSeen.v2') looks.push(data);
    }
    expect(looks).toContainEqual(
      expect.objectContaining({
        memberId: people.auditor.member.id,
        place: 'thread',
        subject: `position ${positionOf('five')}`,
        texts: expect.arrayContaining(
          [said.removed, said.held, said.approved].map(({ id }) => expect.objectContaining({ commentId: id })),
        ),
      }),
    );
  });

  it('is paged by cursors that belong to their moment', async () => {
    const at = `comments?position=${positionOf('all')}&limit=1&sort=newest`;
    const ids: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: CommentPage = await read(`${at}${next && `&cursor=${next}`}`);
      ids.push(...page.items.map(({ id }) => id));
      next = page.next;
    }
    expect(ids).toEqual([said.second.id, said.approved.id, said.removed.id, said.first.id, said.answer.id]);
    const { next: cursor } = await read<CommentPage>(at);
    const elsewhere = `/api/v1/posts/${postId}/comments?position=${positionOf('five')}&limit=1&sort=newest&cursor=${cursor}`;
    expect((await forum.call('GET', elsewhere)).status).toBe(400);
  });

  it('is looked at from a later page of the discussion where that page is, and at its end where it was shorter', async () => {
    const { id, slug } = await forum.publish(people.editor, { title: 'A long one' });
    const times: string[] = [];
    for (let n = 0; n < 120; n += 1)
      times.push((await forum.comment(people.writer, id, { body: `Word ${n}` })).createdAt);
    const page = async (path: string): Promise<string> => (await fetch(forum.url + path)).text();
    const wordsOf = (html: string): readonly string[] => html.match(/(?<=<p>)Word \d+/g) ?? [];
    const linkIn = (html: string, link: RegExp): string =>
      link.exec(html)?.[1]?.replaceAll('&amp;', '&').replace(/#.*/, '') ?? '';
    const nextPage = /rel="next" href="([^"]+)"/;

    const second = await page(linkIn(await page(`/posts/${slug}`), nextPage));
    expect(wordsOf(second)).toEqual(words(50, 100));
    const third = await page(linkIn(second, nextPage));
    const before = await page(linkIn(third, /href="([^"]+)"[^>]*data-at="/));
    expect(wordsOf(before)).toEqual(words(100, 119));
    const cursor = linkIn(third, /href="[^"]*(cursor=[^"&#]+)/);
    expect(wordsOf(await page(`/posts/${slug}?at=${times[69]}&${cursor}`))).toEqual(words(20, 70));
    expect(wordsOf(await page(linkIn(before, /past-back" href="([^"]+)"/)))).toEqual(words(100, 120));
  });

  it('reads at a time as what had happened by then', async () => {
    const between = await read<CommentPage>(`comments?at=${said.answer.createdAt}`);
    expect(between.items.map(({ body }) => body)).toEqual(['First, as it was posted', 'An answer']);
    const before = await read<CommentPage>('comments?at=1970-01-01T00:00:00Z');
    expect(before).toEqual({ position: '0', total: 0, items: [], next: null });
  });

  it('tells when what happened, of what the reader may see', async () => {
    const activity = await read<ThreadActivity>('activity');
    const sum = (kind: 'posted' | 'edited' | 'decided') =>
      activity.parts.reduce((count, part) => count + part[kind], 0);
    expect([sum('posted'), sum('edited'), sum('decided')]).toEqual([5, 2, 3]);
    expect(activity.moments[0]).toEqual({ position: said.first.position, at: said.first.createdAt, kind: 'posted' });
    const whole = await read<ThreadActivity>('activity', people.auditor);
    expect(whole.moments.length).toBeGreaterThan(activity.moments.length);
  });

  it('spreads its axis by activity, and tells its dates on the page', async () => {
    const { axis, parts, from, until } = await read<ThreadActivity>('activity');
    expect([axis.length, axis[0], axis.at(-1)]).toEqual([parts.length + 1, from, until]);
    const { body } = await forum.call('GET', `/posts/${postId}`);
    expect(body).toMatch(/<svg class="life"[^>]* role="img" aria-label="Graph: [^"]+"/);
    expect(/<p class="past-dates"[\s\S]*?<\/p>/.exec(String(body))?.[0].match(/<time /g)).toHaveLength(3);
  });

  it('counts on a page of the past what is visible on it, and marks what was pinned then', async () => {
    const mali = await forum.member('pinner', ['editor', 'moderator']);
    const post = await forum.publish(mali, { title: 'Pinned once' });
    const kept = await forum.comment(mali, post.id, { body: 'Kept' });
    const gone = await forum.comment(mali, post.id, { body: 'Gone' });
    const pin = (pinnedCommentId: string | null) =>
      forum.done('PUT', `/api/v1/posts/${post.id}/discussion`, {
        token: mali.token,
        body: { state: 'open', pinnedCommentId },
      });
    await pin(kept.id);
    const late = await forum.comment(mali, post.id, { body: 'Late' });
    await pin(null);
    await forum.done('DELETE', `/api/v1/comments/${gone.id}`, { token: mali.token });
    const html = async (query: string) => String((await forum.call('GET', `/posts/${post.slug}?at=${query}`)).body);

    const then = await html(late.position);
    expect(then).toMatch(/id="discussion-title">2 comments</);
    expect(then.match(/class="badge pinned"/g)).toHaveLength(1);
    expect(await html(gone.position)).not.toContain('badge pinned');
  });

  it('tells what changed since a moment, and between two, with the words', async () => {
    const client = new ColloquyClient({ baseUrl: forum.url });
    const since = await client.changes(postId, { after: positionOf('two') });
    expect(since.counts).toEqual({ new: 2, edited: 1, removed: 0 });
    const edited = since.items.find(({ kind }) => kind === 'edited');
    expect(edited).toMatchObject({ comment: { id: said.first.id, body: 'First, as it is now' } });
    expect(edited?.diff).toContainEqual({ kind: 'removed', text: 'posted' });

    const later = await client.changes(postId, { after: positionOf('five') });
    expect(later.items.map(({ kind, comment }) => [kind, comment.id])).toEqual([
      ['edited', said.first.id],
      ['removed', said.removed.id],
      ['new', said.approved.id],
      ['new', said.second.id],
    ]);
    expect(JSON.stringify(later)).not.toContain(SECRET);

    const between = await read<ThreadDifference>(`changes?after=${positionOf('two')}&position=${positionOf('five')}`);
    expect(between.items.map(({ comment }) => comment.body)).toEqual(['First, as it was edited']);
    const first = await read<ThreadDifference>(`changes?after=${positionOf('five')}&limit=3`);
    const rest = await read<ThreadDifference>(`changes?after=${positionOf('five')}&limit=3&cursor=${first.next}`);
    expect([...first.items, ...rest.items]).toEqual(later.items);
  });

  it('shows one who wrote, beside what all see, own comments that wait', async () => {
    const own = await read<CommentPage>(`comments?position=${positionOf('five')}`, people.writer);
    expect(own.items.map(({ body, status }) => [body, status])).toEqual([
      ['First, as it was edited', 'visible'],
      ['An answer', 'visible'],
      [null, 'removed'],
      [`${SECRET} held`, 'visible'],
      ['Held for a while', 'held'],
    ]);
  });

  it('tells at the field, beside the discussion as it is, that a moment is none, and which there are', async () => {
    const post = await forum.publish(people.editor, { title: 'Chosen moments' });
    for (const body of ['Word one', 'Word two']) await forum.comment(people.editor, post.id, { body });
    const answered = async (query: string) => {
      const { status, body } = await forum.call('GET', `/posts/${post.slug}?${query}`);
      return { status, html: String(body) };
    };
    const refused = [
      'at=2099-01-01T00:00:00Z',
      'at=2099-01-01',
      'at=1969-12-31T23:59:59Z',
      'at=1969-12-31',
      'at=hello',
      'at=9999999999',
      'moment=2099-01-01T00%3A00&show=past',
      'moment=2099-01-01T00%3A00&show=changes',
    ];
    for (const query of refused) {
      const { status, html } = await answered(query);
      expect([query, status]).toEqual([query, 400]);
      expect(html).toMatch(/<details class="past-choose" open>/);
      expect(html).toMatch(
        /id="past-at-error" role="alert">There is no such moment here. Choose one between .+ and .+\.</,
      );
      expect(html).toContain('Word two');
    }
    const today = new Date().toISOString().slice(0, 10);
    for (const [day, shown] of [
      ['2015-10-19', false],
      [today, true],
    ] as const) {
      const { status, html } = await answered(`at=${day}`);
      expect([day, status]).toEqual([day, 200]);
      expect(html.includes('Word two')).toBe(shown);
      expect(html).not.toContain('past-at-error');
    }
  });
});
