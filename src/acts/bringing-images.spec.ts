import { describe, expect, test } from '@jest/globals';
import { DomainError, trusted } from '../../libs/kernel/index.ts';
import { MOST_KEPT_IMAGES, type Role } from '../../libs/words/index.ts';
import type { Principal } from '../access/principal.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { CountOwnImages } from '../views/images/images.query-types.ts';
import { BringingImages } from './bringing-images.ts';

const SOON = '2026-01-01T00:00:00.000Z';
const linh = (roles: readonly Role[]): Principal => ({
  memberId: 'linh',
  handle: 'linh',
  displayName: 'Linh',
  roles,
  locale: 'vi',
  membership: 'active',
  sessionId: 's1',
  sessionExpiresAt: SOON,
  sessionEndsAt: SOON,
});

/** What is told of another image to somebody of whom so many are kept, where limits hold. */
async function told(roles: readonly Role[], kept: number, times = 1): Promise<string> {
  const execute = async (query: object): Promise<never> => trusted(query instanceof CountOwnImages ? kept : null);
  const unused = async (): Promise<never> => {
    throw new Error('nothing is stored here');
  };
  const bringing = new BringingImages({
    images: { storeSent: unused, known: unused },
    writes: { shown: unused },
    limits: new RateLimits(true),
    queries: { execute },
    streams: { erase: unused },
    takingPart: { require: async () => undefined },
    areInComments: () => true,
  });
  try {
    for (let n = 0; n < times; n += 1) await bringing.require(linh(roles));
    return 'taken';
  } catch (refusal) {
    return String(Reflect.get(Object(refusal), 'code'));
  }
}

describe('as many images', () => {
  test.each<[Role[], number, string]>([
    [['member'], MOST_KEPT_IMAGES.member - 1, 'taken'],
    [['member'], MOST_KEPT_IMAGES.member, 'conflict'],
    [['member', 'editor'], MOST_KEPT_IMAGES.member, 'taken'],
    [['member', 'editor'], MOST_KEPT_IMAGES.editor, 'conflict'],
  ])('are kept of %j: with %d there, another is %s', async (roles, kept, answer) => {
    expect(await told(roles, kept)).toBe(answer);
  });

  test.each<[Role[], number, string]>([
    [['member'], 20, 'taken'],
    [['member'], 21, 'rate_limited'],
    [['member', 'editor'], 200, 'taken'],
    [['member', 'editor'], 201, 'rate_limited'],
  ])('are brought by %j within an hour: of %d the last is %s', async (roles, times, answer) => {
    expect(await told(roles, 0, times)).toBe(answer);
  });
});

test('an image whose member was banned while it was made is refused, and not recorded', async () => {
  const steps: string[] = [];
  const bringing = new BringingImages({
    images: {
      known: async () => null,
      storeSent: async (_image, _meta, requireStill) => {
        steps.push('made');
        await requireStill?.();
        throw new Error('recorded');
      },
    },
    writes: { shown: async () => undefined },
    limits: new RateLimits(true),
    queries: { execute: async () => trusted(null) },
    streams: { erase: async () => 0 },
    takingPart: {
      require: async () => {
        steps.push('asked');
        throw new DomainError('banned', 'No more.');
      },
    },
    areInComments: () => true,
  });
  const asking = { commandId: '01890000-0000-7000-8000-000000000001', correlationId: null };
  const sent = { bytes: new Uint8Array(1), alt: '' };
  await expect(bringing.bring(sent, linh(['member']), trusted(asking))).rejects.toMatchObject({ code: 'banned' });
  expect(steps).toEqual(['made', 'asked']);
});
