import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { QueryBus } from '@nestjs/cqrs';
import { VIEWS } from '../../../libs/projections/index.ts';
import { VAULT } from '../../../libs/vault/index.ts';
import { queryBusOf } from '../../../test/views/query-bus.ts';
import { idOf, SmallForum } from '../../../test/views/small-forum.ts';
import type { ForumEvent } from '../../domain/event-types.ts';
import { pushQueries } from './push.queries.ts';
import { GetEndedSubscriptions, GetSubscription, GetSubscriptions } from './push.query-types.ts';

let forum: SmallForum;
let queries: QueryBus;
let members = 0;
const EXPIRES = '2015-11-01T00:00:00.000Z';

beforeAll(async () => {
  forum = await SmallForum.open();
  queries = await queryBusOf([
    ...pushQueries,
    { provide: VIEWS, useValue: forum.views },
    { provide: VAULT, useValue: forum.vault },
  ]);
});
afterAll(() => forum.close());

/** What happens to a member with the sessions `here` and `there`. */
async function member() {
  members += 1;
  const memberId = idOf('member', members);
  const sessionOf = (name: string) => idOf('session', `${members} ${name}`);
  const own = (event: ForumEvent) => forum.record(`member-${memberId}`, [event]);
  const open = (name: string) => {
    const data = { memberId, sessionId: sessionOf(name), expiresAt: EXPIRES, way: 'password' } as const;
    return own({ type: 'MemberSessionOpened.v1', data, personal: { device: '' } });
  };
  const add = (name: string, device = 'one') => {
    const data = { memberId, subscriptionId: idOf('device', `${memberId} ${device}`), sessionId: sessionOf(name) };
    const personal = { endpoint: `https://push.example/${device}`, p256dh: 'key', auth: 'secret', device: '' };
    return forum.record(`subscriptions-${memberId}`, [{ type: 'PushSubscribed.v1', data, personal }]);
  };
  const told = async () =>
    (await queries.execute(new GetSubscriptions(memberId))).map(({ endpoint }) => endpoint.slice(21));
  const over = async () => (await queries.execute(new GetEndedSubscriptions(memberId))).length;
  await open('here');
  await open('there');
  return { memberId, sessionOf, own, open, add, told, over };
}

type Somebody = Awaited<ReturnType<typeof member>>;

const ENDS: Readonly<Record<string, (of: Somebody) => Promise<unknown>>> = {
  'a sign-out': ({ own, memberId, sessionOf }) => {
    const data = { memberId, sessionId: sessionOf('here'), expiresAt: EXPIRES };
    return own({ type: 'MemberSessionEnded.v1', data, personal: null });
  },
  'the end of all other sessions': ({ own, memberId, sessionOf }) =>
    own({ type: 'MemberSessionsEnded.v1', data: { memberId, except: sessionOf('there') }, personal: null }),
  'the end of all sessions': ({ own, memberId }) =>
    own({ type: 'MemberSessionsEnded.v1', data: { memberId, except: null }, personal: null }),
  'another password': ({ own, memberId }) =>
    own({ type: 'MemberPasswordChanged.v1', data: { memberId }, personal: { passwordHash: '-' } }),
};

describe('a device is told while its session goes on, by the order of the log', () => {
  it.each(Object.entries(ENDS))('and never when it comes after %s', async (_, end) => {
    const somebody = await member();
    await somebody.add('here', 'before');
    expect(await somebody.told()).toEqual(['before']);
    await end(somebody);
    expect(await somebody.told()).toEqual([]);
    await somebody.add('here', 'after');
    expect([await somebody.told(), await somebody.over()]).toEqual([[], 2]);
    const late = idOf('device', `${somebody.memberId} after`);
    expect(await queries.execute(new GetSubscription(late))).toBeNull();
    await somebody.open('again');
    await somebody.add('again', 'after');
    expect([await somebody.told(), await somebody.over()]).toEqual([['after'], 1]);
  });

  it('that goes on when all others end', async () => {
    const somebody = await member();
    await ENDS['the end of all other sessions']?.(somebody);
    await somebody.add('there');
    expect(await somebody.told()).toEqual(['one']);
  });

  it('and never in a session that nobody opened', async () => {
    const somebody = await member();
    await somebody.add('nowhere');
    expect([await somebody.told(), await somebody.over()]).toEqual([[], 1]);
  });

  it('which ends where a session that was over has the same device later', async () => {
    const somebody = await member();
    await somebody.add('there');
    await ENDS['a sign-out']?.(somebody);
    await somebody.add('here');
    expect([await somebody.told(), await somebody.over()]).toEqual([[], 1]);
  });
});
