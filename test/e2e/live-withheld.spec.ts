import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Comment } from '../../libs/client/index.ts';
import type { Role } from '../../libs/words/index.ts';
import { LONGEST_LAG_MS } from '../../src/api/live/unread-sockets.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { changesOf, type LiveForum, remove, startLiveForum } from '../support/live-forum.ts';
import type { TestSocket } from '../support/live-socket.ts';
import { PollingSession } from '../support/polling-session.ts';

/** How much faster a clock runs than time. */
const FASTER = 20;
const TEXT = 'What nobody is told any more.';

let live: LiveForum;
let postId: string;
let staff: TestMember;
/** Hears what those who do not poll have not been sent yet. */
let witness: TestSocket;

beforeAll(async () => {
  live = await startLiveForum();
});
beforeEach(async () => {
  postId = await live.post();
  const name = `crew-${Math.random().toString(36).slice(2)}`;
  staff = await live.forum.member(name, ['moderator', 'auditor']);
  witness = await live.connect({ token: (await live.forum.member(`${name}-2`, ['moderator', 'auditor'])).token });
  await witness.ask('moderation:join', {});
  await witness.ask('audit:join', {});
  await witness.ask('thread:join', { postId });
});
afterEach(() => live.closeSockets());
afterAll(() => live.forum.close());

/** Has joined, and polls no more until it is told to. */
async function polling(token: string | undefined, message: string, payload: object): Promise<PollingSession> {
  const session = await PollingSession.connected(live.forum.url, token === undefined ? {} : { token });
  await session.post([`42/live,7${JSON.stringify([message, payload])}`]);
  let heard: readonly string[] = [];
  while (!heard.some((text) => text.startsWith('43/live,7'))) heard = await session.fetch();
  return session;
}

/** A comment that stands in the moderators' queue and in the log, as the witness has heard. */
async function reported(): Promise<Comment> {
  const [cases, events] = [witness.of('moderation:changes').length, witness.of('audit:events').length];
  const comment = await live.forum.comment(live.writer, postId, { body: TEXT });
  const path = `/api/v1/comments/${comment.id}/reports`;
  await live.forum.done('POST', path, { token: live.reader.token, body: { reason: 'spam' } });
  await witness.until(() => witness.of('moderation:changes').length > cases);
  await witness.until(() => witness.of('audit:events').length > events);
  await witness.until(() => changesOf(witness).length > 0);
  return comment;
}

const MODERATION = ['moderation:join', '42/live,["moderation:changes"'] as const;
const AUDIT = ['audit:join', '42/live,["audit:events"'] as const;

const ends: Readonly<Record<string, () => Promise<unknown>>> = {
  'loses the role': async () => {
    const body = { roles: ['member'] satisfies Role[] };
    const { token } = await live.forum.admin();
    await live.forum.done('PUT', `/api/v1/members/${staff.member.id}/roles`, { token, body });
  },
  'signs out': () => live.forum.call('DELETE', '/api/v1/sessions/current', { token: staff.token }),
};

describe.each([MODERATION, AUDIT])('what waits for one who polls and has sent %s', (message, frame) => {
  it('is fetched by whoever may', async () => {
    const session = await polling(staff.token, message, {});
    await reported();
    expect((await session.fetch()).some((text) => text.startsWith(frame))).toBe(true);
  });

  it.each(Object.keys(ends))('is let go when its member %s', async (how) => {
    const session = await polling(staff.token, message, {});
    await reported();
    await ends[how]?.();
    expect((await session.fetch()).filter((text) => text.startsWith('42/live,'))).toEqual([]);
  });
});

describe('what waits for a reader who polls', () => {
  it('has no text of a comment that is removed meanwhile', async () => {
    const session = await polling(undefined, 'thread:join', { postId });
    const comment = await reported();
    await remove(live.forum, live.writer, comment);
    expect((await session.fetch()).join()).not.toContain(TEXT);
  });

  it('has it as long as it is there, whatever is removed in another thread', async () => {
    const session = await polling(undefined, 'thread:join', { postId });
    await reported();
    const elsewhere = await live.forum.comment(live.writer, await live.post());
    await remove(live.forum, live.writer, elsewhere);
    expect((await session.fetch()).join()).toContain(TEXT);
  });

  it('does so no longer than a reader may lag behind, whatever it sends', async () => {
    const session = await polling(undefined, 'thread:join', { postId });
    await reported();
    const real = performance.now.bind(performance);
    const begun = real();
    jest.spyOn(performance, 'now').mockImplementation(() => begun + (real() - begun) * FASTER);
    try {
      while ((await session.post(['3'])) === 200) {
        // Long before it would be over for another reason: a heartbeat that is not answered.
        expect(real() - begun).toBeLessThan((LONGEST_LAG_MS / FASTER) * 10);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    } finally {
      jest.restoreAllMocks();
    }
  });
});
