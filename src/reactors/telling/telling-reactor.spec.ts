import { expect, test } from '@jest/globals';
import { turnsUntil } from '../../../test/support/turns-until.ts';
import type { PendingPlace } from '../../views/notifications/notifications.query-types.ts';
import { TellingReacting } from './telling-reactor.ts';

const PARTS = 30;

test('however many members wait for a mail, others are heard between each part of them and the next', async () => {
  const looked: (PendingPlace | null)[] = [];
  const reacting = new TellingReacting({
    commands: { execute: () => Promise.reject(new Error('nobody is told')) },
    work: async ({ after }) => {
      looked.push(after);
      const last = { since: BigInt(looked.length), memberId: 'm', way: 'daily' } as const;
      return { due: [], nextAt: null, lease: null, last, more: looked.length < PARTS };
    },
  });
  expect(await turnsUntil(reacting.look())).toBeGreaterThanOrEqual(PARTS - 1);
  expect(looked.length).toBe(PARTS);
});
