import { expect, jest, test } from '@jest/globals';
import type { Comment } from '../../../libs/client/index.ts';
import { type Command, DomainError } from '../../../libs/kernel/index.ts';
import type { Recorded } from '../../../libs/nest-decider/index.ts';
import type { Principal } from '../../access/principal.ts';
import type { SeenText } from '../../domain/look/look.events.ts';
import { Looks, SAME_LOOK_MS } from './looks.ts';

const sokha: Principal = {
  memberId: 'sokha',
  handle: 'sokha',
  displayName: 'Sokha',
  roles: ['member', 'moderator'],
  locale: 'en',
  membership: 'active',
  sessionId: 's1',
  sessionExpiresAt: '2030-01-01T00:00:00.000Z',
  sessionEndsAt: '2030-01-01T00:00:00.000Z',
};
const linh = { ...sokha, memberId: 'linh' };

function comment(id: string, status: Comment['status'], by = 'somchai', body: string | null = 'text'): Comment {
  return {
    id,
    postId: 'p1',
    parentId: null,
    depth: 0,
    author: { id: by, handle: by, displayName: by },
    bodyHtml: body,
    body,
    status,
    createdAt: '2026-01-01T00:00:00.000Z',
    editedAt: null,
    revision: 0,
    replyCount: 0,
    reactions: {},
    position: '1',
  };
}

/** The recorded events, and a log that can be made to refuse. */
function recording() {
  const commands: object[] = [];
  const log = { away: false, held: null as Promise<void> | null };
  const execute = async (command: Command): Promise<Recorded> => {
    await log.held;
    if (log.away) throw new DomainError('storage_unavailable', 'away');
    commands.push(command.data);
    return { position: 1n, revision: 0n, repeated: false, facts: [] };
  };
  const looks = new Looks({ execute });
  return { looks, commands, log };
}

const seen = (comments: readonly (string | SeenText)[], place = 'thread', memberId = 'sokha') => ({
  lookId: expect.any(String),
  memberId,
  place,
  subject: null,
  texts: comments.map((one) => (typeof one === 'string' ? { commentId: one, revision: 0 } : one)),
  members: [],
});

test('only what readers do not see is looked at, and nothing of one’s own', async () => {
  const { looks, commands } = recording();
  const shown = [
    comment('c1', 'visible'),
    comment('c2', 'held'),
    comment('c3', 'removed', 'somchai', null),
    comment('c4', 'rejected', 'sokha'),
    comment('c5', 'removed'),
  ];
  await looks.atComments(null, 'thread', shown);
  await looks.atComments(sokha, 'thread', shown.slice(0, 1));
  await looks.atComments(sokha, 'thread', shown);
  expect(commands).toEqual([seen(['c2', 'c5'])]);
});

test('the same person, place and text count once for a while; what is new is named alone', async () => {
  jest.useFakeTimers();
  try {
    const { looks, commands } = recording();
    jest.advanceTimersByTime(1_000);
    await looks.atComments(sokha, 'thread', [comment('c1', 'held')]);
    await looks.atComments(sokha, 'comment', [comment('c1', 'held'), comment('c2', 'held')]);
    await looks.atComments(linh, 'thread', [comment('c1', 'held')]);
    await looks.looked(sokha, { place: 'live-queue' });
    await looks.looked(sokha, { place: 'live-queue' });
    jest.advanceTimersByTime(SAME_LOOK_MS + 1_000);
    await looks.atComments(sokha, 'thread', [comment('c1', 'held')]);
    expect(commands).toEqual([
      seen(['c1']),
      seen(['c1', 'c2'], 'comment'),
      seen(['c1'], 'thread', 'linh'),
      seen([], 'live-queue'),
      seen(['c1']),
    ]);
  } finally {
    jest.useRealTimers();
  }
});

test('another text of a comment is another look, older or newer, and so is what is asked for elsewhere', async () => {
  const { looks, commands } = recording();
  const at = (revision: number): Comment => ({ ...comment('c1', 'held'), revision });
  await looks.atComments(sokha, 'comment', [at(2)]);
  await looks.atTexts(sokha, 'c1', [0, 2]);
  await looks.atComments(sokha, 'comment', [at(4)]);
  await looks.atTexts(sokha, 'c1', [0, 2, 4]);
  await looks.looked(sokha, { place: 'moderation-log', subject: 'member=linh' });
  await looks.looked(sokha, { place: 'moderation-log', subject: 'member=thida' });
  const text = (revision: number): SeenText => ({ commentId: 'c1', revision });
  expect(commands).toEqual([
    seen([text(2)], 'comment'),
    seen([text(0), text(2)], 'history'),
    seen([text(4)], 'comment'),
    seen([text(4)], 'history'),
    { ...seen([], 'moderation-log'), subject: 'member=linh' },
    { ...seen([], 'moderation-log'), subject: 'member=thida' },
  ]);
});

test('what cannot be recorded is refused, and asked again it is recorded', async () => {
  const { looks, commands, log } = recording();
  log.away = true;
  const look = { place: 'record', members: ['somchai'] } as const;
  await expect(looks.looked(sokha, look)).rejects.toThrow('storage_unavailable');
  log.away = false;
  await looks.looked(sokha, look);
  expect(commands).toEqual([{ ...seen([], 'record'), members: ['somchai'] }]);
});

test('of two looks at once, neither is answered before the one that is recorded', async () => {
  const { looks, commands, log } = recording();
  const gate = Promise.withResolvers<void>();
  log.held = gate.promise;
  const answered: number[] = [];
  const both = [1, 2].map((turn) =>
    looks.atComments(sokha, 'thread', [comment('c1', 'held')]).then(() => answered.push(turn)),
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(answered).toEqual([]);
  gate.resolve();
  await Promise.all(both);
  expect(commands).toEqual([seen(['c1'])]);
});

test('each export is an event of its own', async () => {
  const { looks, commands } = recording();
  const taken = { what: 'events', format: 'csv', filter: {}, until: '7' } as const;
  await looks.exported(sokha, taken);
  await looks.exported(sokha, taken);
  expect(commands).toEqual([1, 2].map(() => ({ exportId: expect.any(String), memberId: 'sokha', ...taken })));
});
