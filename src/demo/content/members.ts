import type { DemoMember } from '../content-types.ts';

/** The first one becomes admin, as the first member of every forum does. */
export const MEMBERS: readonly DemoMember[] = [
  { handle: 'forum-keeper', displayName: 'Forum keeper', locale: 'en', roles: [], joinedAt: '2015-01-05T02:00:00.000Z' },
  { handle: 'mekong-desk', displayName: 'Mekong desk', locale: 'en', roles: ['editor'], joinedAt: '2015-01-05T03:00:00.000Z' },
  { handle: 'thida', displayName: 'Thida', locale: 'en', roles: ['moderator'], joinedAt: '2015-01-06T03:00:00.000Z' },
  { handle: 'observer', displayName: 'Observer', locale: 'en', roles: ['auditor'], joinedAt: '2015-01-06T04:00:00.000Z' },
  { handle: 'linh', displayName: 'Linh', locale: 'vi', roles: [], joinedAt: '2015-01-12T02:30:00.000Z' },
  { handle: 'minh', displayName: 'Minh', locale: 'vi', roles: [], joinedAt: '2015-02-02T06:10:00.000Z' },
  { handle: 'nok', displayName: 'Nok', locale: 'th', roles: [], joinedAt: '2015-01-14T08:00:00.000Z' },
  { handle: 'wichai', displayName: 'วิชัย', locale: 'th', roles: [], joinedAt: '2015-02-20T09:00:00.000Z' },
  { handle: 'sokha', displayName: 'Sokha', locale: 'km', roles: [], joinedAt: '2015-01-15T01:20:00.000Z' },
  { handle: 'dara', displayName: 'ដារ៉ា', locale: 'km', roles: [], joinedAt: '2015-03-03T05:45:00.000Z' },
  { handle: 'bounmy', displayName: 'ບຸນມີ', locale: 'lo', roles: [], joinedAt: '2015-01-19T07:00:00.000Z' },
  { handle: 'keo', displayName: 'Keo', locale: 'lo', roles: [], joinedAt: '2015-04-08T03:15:00.000Z' },
  { handle: 'aye', displayName: 'Aye Aye', locale: 'my', roles: [], joinedAt: '2015-01-21T10:00:00.000Z' },
  { handle: 'zaw', displayName: 'ဇော်', locale: 'my', roles: [], joinedAt: '2015-05-11T04:40:00.000Z' },
  { handle: 'meihua', displayName: '美华', locale: 'zh', roles: [], joinedAt: '2015-01-26T01:00:00.000Z' },
  { handle: 'jianguo', displayName: 'Jianguo', locale: 'zh', roles: [], joinedAt: '2015-06-15T02:25:00.000Z' },
  { handle: 'fast-papers', displayName: 'Fast Papers', locale: 'en', roles: [], joinedAt: '2015-10-13T06:30:00.000Z' },
  { handle: 'lek', displayName: 'Lek', locale: 'th', roles: [], joinedAt: '2015-11-24T03:00:00.000Z' },
];
