import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Comment, DecisionAnswer, PolicyVersion, Post, Rehearsal, Revision } from '../../libs/client/index.ts';
import type { DecisionAction } from '../../libs/words/index.ts';
import { FIRST_POLICY } from '../../src/domain/policy/policy.events.ts';
import { PERMISSIONS } from '../../src/permissions.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type LiveForum, startLiveForum } from '../support/live-forum.ts';
import { type ModelComment, TextsModel } from '../support/texts-model.ts';

/** Sequences of acts, the examples among them. */
const RUNS = process.env['COLLOQUY_LONG'] === undefined ? 5 : 30;
/** The policy holds a text with this word. */
const SUSPECT = 'suspicious';
const ACTIONS = ['approve', 'hold', 'reject', 'remove', 'restore'] as const;

interface Act {
  readonly kind: 'edit' | 'decide' | 'undo';
  /** 1 for the answer, else the comment above it. */
  readonly which: number;
  readonly isHeld: boolean;
  readonly action: DecisionAction;
}
const acts = fc.array(
  fc.record({
    kind: fc.constantFrom<Act['kind']>('edit', 'edit', 'decide', 'decide', 'undo'),
    which: fc.constantFrom(0, 0, 1),
    isHeld: fc.boolean(),
    action: fc.constantFrom(...ACTIONS),
  }),
  { minLength: 4, maxLength: 12 },
);

const edited = (which: number, isHeld = false): Act => ({ kind: 'edit', which, isHeld, action: 'approve' });
const decided = (which: number, action: DecisionAction): Act => ({ kind: 'decide', which, isHeld: false, action });
const undone = (which: number): Act => ({ kind: 'undo', which, isHeld: false, action: 'approve' });
/** Held as it was posted, or taken away for its words; made harmless, approved. An approval that was taken back, and a decision on words that others took the place of. */
const EXAMPLES: [boolean, Act[]][] = [
  [true, [edited(1), decided(1, 'approve')]],
  [false, [decided(0, 'hold'), edited(0), decided(0, 'approve'), edited(0)]],
  [true, [decided(1, 'approve'), edited(1), undone(1), edited(1), decided(1, 'approve')]],
  [false, [decided(0, 'reject'), edited(0, true), undone(0), edited(0), undone(0), edited(0)]],
];

let live: LiveForum;
let moderator: TestMember;
let author: TestMember;
let texts = 0;

beforeAll(async () => {
  live = await startLiveForum({ RATE_LIMITS: 'off', PUBLIC_MODERATION_LOG: 'on' });
  moderator = await live.forum.member('the-moderator', ['moderator']);
  author = await live.forum.member('the-author');
  const { token } = moderator;
  const policy = await live.forum.done<PolicyVersion>('GET', '/api/v1/moderation/policy', { token });
  const rules = FIRST_POLICY.rules.map((rule) =>
    rule.rule === 'banned-words' ? { ...rule, on: true, words: [SUSPECT], measure: 'hold' } : { ...rule, on: false },
  );
  await live.forum.done('PUT', '/api/v1/moderation/policy', { token, body: { version: policy.version, rules } });
});
afterEach(() => live.closeSockets());
afterAll(() => live.forum.close());

/** The same acts in a forum and in the model. */
class Played {
  readonly model = new TextsModel();
  readonly ids: string[] = [];
  readonly post: Post;
  #decisions = new Map<ModelComment, string>();

  private constructor(post: Post) {
    this.post = post;
  }

  static async begin(isHeld: boolean): Promise<Played> {
    const played = new Played(await live.forum.publish(live.editor));
    await played.#post(null, false);
    await played.#post(played.model.comments[0] ?? null, isHeld);
    return played;
  }

  async #post(parent: ModelComment | null, isHeld: boolean): Promise<void> {
    const marker = newMarker();
    const parentId = parent === null ? null : this.ids[0];
    const comment = await live.forum.comment(author, this.post.id, { body: textOf(marker, isHeld), parentId });
    this.ids.push(comment.id);
    this.model.post(marker, { parent, isHeld });
  }

  async play({ kind, which, isHeld, action }: Act): Promise<void> {
    const comment = this.model.comments[which];
    const id = this.ids[which] ?? '';
    if (!comment) return;
    if (kind === 'edit') return this.#edit(comment, id, isHeld);
    if (kind === 'undo') return this.#undo(comment);
    if (!this.model.decide(comment, action)) return;
    const { token } = moderator;
    const { revision } = await live.forum.done<Comment>('GET', `/api/v1/comments/${id}`, { token });
    const body = { action, revision };
    const path = `/api/v1/comments/${id}/decisions`;
    const { decision } = await live.forum.done<DecisionAnswer>('POST', path, { token, body });
    this.#decisions.set(comment, decision.id);
  }

  async #edit(comment: ModelComment, id: string, isHeld: boolean): Promise<void> {
    const marker = newMarker();
    if (!this.model.edit(comment, marker, isHeld)) return;
    const { revision } = await live.forum.done<Comment>('GET', `/api/v1/comments/${id}`, { token: moderator.token });
    const body = { body: textOf(marker, isHeld), revision };
    await live.forum.done('PATCH', `/api/v1/comments/${id}`, { token: author.token, body });
  }

  async #undo(comment: ModelComment): Promise<void> {
    const isUndone = this.model.undo(comment);
    const path = `/api/v1/moderation/decisions/${this.#decisions.get(comment)}/undo`;
    if (isUndone === false) {
      const refused = await live.forum.call('POST', path, { token: moderator.token, body: {} });
      expect(refused).toMatchObject({ status: 409, body: { code: 'stale_revision' } });
    }
    if (!isUndone) return;
    const { decision } = await live.forum.done<DecisionAnswer>('POST', path, { token: moderator.token, body: {} });
    this.#decisions.set(comment, decision.id);
  }
}

function newMarker(): string {
  return `zq${(texts += 1)}qz`;
}

function textOf(marker: string, isHeld: boolean): string {
  return `${marker} said${isHeld ? ` in a ${SUSPECT} way` : ''}, among more words`;
}

/** All that a reader without an account may read of the thread and its comments, at each moment of their lives. */
function waysOut({ ids, post }: Played, { from, until }: { readonly from: bigint; readonly until: bigint }): string[] {
  const open = Object.entries(PERMISSIONS).flatMap(([name, permission]) =>
    name.startsWith('GET /') && permission === 'anyone' ? [name.slice('GET '.length)] : [],
  );
  const positions = Array.from({ length: Number(until - from) + 1 }, (_, at) => from + BigInt(at));
  const revisions = Array.from({ length: 30 }, (_, revision) => revision);
  const moments = positions.flatMap((position) => [`position=${position}`, `after=${position}`, `since=${position}`]);
  return open.flatMap((pattern) => {
    if (/\/(comments|receipts)\/:/.test(pattern)) {
      const paths = ids.map((id) => pattern.replace(/:\w+/, id));
      const asked = pattern.includes('receipt') ? revisions.map((revision) => `?revision=${revision}`) : [''];
      const pairs = /\/(diff|history)$/.test(pattern) ? revisions.map((to) => `?from=${to - (to % 3)}&to=${to}`) : [];
      return paths.flatMap((path) => [...asked, ...pairs].map((query) => `${path}${query}`));
    }
    const filled = pattern
      .replace(/\/posts\/:(id|idOrSlug)/, `/posts/${post.id}`)
      .replace('/posts/:slug', `/posts/${post.slug}`);
    if (filled.includes(':') || filled.includes('*')) return [];
    return pattern.includes('/posts/:')
      ? ['', ...moments.map((moment) => `?${moment}`)].map((q) => filled + q)
      : [filled];
  });
}

async function read(path: string): Promise<string> {
  const { body } = await live.forum.call('GET', path);
  return typeof body === 'string' ? body : JSON.stringify(body ?? '');
}

/** What is readable of the histories, after each act. */
async function expectHistories({ model, ids }: Played): Promise<void> {
  for (const [at, id] of ids.entries()) {
    const { body } = await live.forum.call('GET', `/api/v1/comments/${id}/history`);
    const revisions: readonly Revision[] = Array.isArray(body) ? body : [];
    const told = revisions.flatMap(({ body: text }) => text?.split(' ')[0] ?? []);
    const open = new Set(model.open);
    expect(told).toEqual(model.comments[at]?.texts.filter((text) => open.has(text)).map(({ marker }) => marker));
    const { token } = moderator;
    const all = await live.forum.done<readonly Revision[]>('GET', `/api/v1/comments/${id}/history`, { token });
    expect(all.flatMap(({ body: text }) => text ?? [])).toHaveLength(model.comments[at]?.texts.length ?? 0);
  }
}

describe('a text that readers may not read', () => {
  it('is at no address, at no moment and in no frame, whatever was edited and ruled; each other one is in the history', async () => {
    const property = fc.asyncProperty(fc.boolean(), acts, async (isHeld, sequence) => {
      const socket = await live.connect();
      const played = await Played.begin(isHeld);
      const { position: start } = await live.forum.thread(played.post.id);
      await socket.ask('thread:join', { postId: played.post.id });
      for (const act of sequence) {
        await played.play(act);
        await expectHistories(played);
      }

      const { position: end } = await live.forum.thread(played.post.id);
      const marks = played.model.hidden.map(({ marker }) => marker);
      const neverSeen = played.model.comments.flatMap(({ texts: all }) => all).filter(({ wasSeen }) => !wasSeen);
      const paths = waysOut(played, { from: BigInt(start) - 2n, until: BigInt(end) });
      for (const path of paths) {
        const text = await read(path);
        expect([path, marks.filter((marker) => text.includes(marker))]).toEqual([path, []]);
      }
      const { changes } = await socket.ask('thread:join', { postId: played.post.id, after: start });
      expect(marks.filter((marker) => JSON.stringify(changes).includes(marker))).toEqual([]);
      const frames = JSON.stringify(socket.frames);
      expect(neverSeen.filter(({ marker }) => frames.includes(marker))).toEqual([]);
    });
    await fc.assert(property, { numRuns: RUNS, endOnFailure: true, examples: EXAMPLES });
  }, 600_000);
});

async function looksAfter(position: string): Promise<readonly unknown[]> {
  const looks: unknown[] = [];
  const types = ['HiddenSeen.v2'];
  for await (const event of live.forum.forum.log.store.readAll({ filter: { types }, after: BigInt(position) })) {
    looks.push(event.data);
  }
  return looks;
}

describe('the record of those who look', () => {
  it('names each hidden text of a comment that readers see, by its revision', async () => {
    const played = await Played.begin(false);
    for (const act of [decided(0, 'hold'), edited(0), decided(0, 'approve'), edited(0)]) await played.play(act);
    const { token } = moderator;
    const path = `/api/v1/comments/${played.ids[0]}`;
    const head = (await live.forum.thread(played.post.id)).position;
    await live.forum.done('GET', `${path}/diff?from=2&to=4`, { token });
    await live.forum.done('GET', `${path}/history`, { token });
    await live.forum.done('GET', `${path}/history`, { token: author.token });
    await live.forum.done('GET', `${path}/history`, { token });

    const looks = await looksAfter(head);
    expect(looks).toEqual([
      expect.objectContaining({ place: 'history', texts: [{ commentId: played.ids[0], revision: 0 }] }),
    ]);
  });

  it('names what a rehearsal shows, and the rehearsed rules by their hash; and what of the log was asked for', async () => {
    const { token } = moderator;
    const policy = await live.forum.done<{ rules: unknown }>('GET', '/api/v1/moderation/policy', { token });
    const { id } = await live.forum.publish(live.editor);
    const { position: head } = await live.forum.thread(id);
    const body = { policy: { rules: [] } };
    const refused = await live.forum.call('POST', '/api/v1/moderation/policy/simulations', { token, body });
    expect(refused.status).toBe(400);
    const tried = { policy: { rules: FIRST_POLICY.rules } };
    const result = await live.forum.done<Rehearsal>('POST', '/api/v1/moderation/policy/simulations', {
      token,
      body: tried,
    });
    await live.forum.done('GET', '/api/v1/moderation/log?kind=decision', { token });
    await live.forum.done('GET', `/api/v1/moderation/log?member=${author.member.id}`, { token });

    const looks = await looksAfter(head);
    const shown = new Set(result.examples.map(({ commentId }) => commentId));
    const texts = [...shown].map((commentId) => ({ commentId, revision: null }));
    expect(policy.rules).not.toEqual(tried.policy.rules);
    expect(texts.length).toBeGreaterThan(0);
    expect(looks).toEqual([
      expect.objectContaining({
        place: 'rehearsal',
        subject: expect.stringMatching(/^policy sha256:[0-9a-f]{64} /),
        texts,
      }),
      expect.objectContaining({ place: 'moderation-log', subject: 'kind=decision' }),
      expect.objectContaining({ place: 'moderation-log', subject: `member=${author.member.id}` }),
    ]);
  });
});

it('edits are refused after as many as the forum allows', async () => {
  const post = await live.forum.publish(live.editor);
  let comment = await live.forum.comment(author, post.id, { body: 'The text 0' });
  const change = (text: string) =>
    live.forum.call('PATCH', `/api/v1/comments/${comment.id}`, {
      token: author.token,
      body: { body: text, revision: comment.revision },
    });
  for (let edit = 1; edit <= 30; edit += 1) {
    await change(`The text ${edit}`);
    comment = await live.forum.done<Comment>('GET', `/api/v1/comments/${comment.id}`);
  }
  expect(comment.body).toBe('The text 30');
  expect(await change('One more')).toMatchObject({ status: 409, body: { code: 'too_many_edits' } });

  const first = await live.forum.call('GET', `/api/v1/comments/${comment.id}/history?limit=20`);
  const next = /^<([^>]+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  const second = await live.forum.call('GET', next);
  const all = await live.forum.call('GET', `/api/v1/comments/${comment.id}/history`);
  expect([first.body, second.body].flat()).toEqual(all.body);
  expect([all.headers.get('link'), second.headers.get('link')]).toEqual([null, null]);
  const page = `/comments/${comment.id}/history`;
  expect(await read(page)).toContain(`${page}?beyond=19`);
  // `after` was its name before, and is the position that other pages wait for: here it waits for none.
  for (const cursor of ['beyond', 'after']) expect(await read(`${page}?${cursor}=19`)).toContain('Version 31');
  expect((await live.forum.call('GET', `${page}?after=999999999`)).status).toBe(200);
});
