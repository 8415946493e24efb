import { describe, expect, test } from '@jest/globals';
import { domainOfEmail } from '../../../libs/kernel/index.ts';
import { seenInComment } from '../../../libs/markdown/index.ts';
import { refusal } from '../../../test/support/given.ts';
import { coreOf } from './core.ts';
import { judge, requireRecentPost } from './judge.ts';
import { FIRST_POLICY, type Policy, type Rule } from './policy.settings.ts';
import { type EarlierComment, type JudgedAuthor, type JudgedText } from './subject.ts';

const NOW = '2015-10-05T08:00:00.000Z';
const author: JudgedAuthor = {
  registeredAt: '2015-01-01T00:00:00.000Z',
  visibleComments: 12,
  isPremoderated: false,
  isConfirmed: true,
  earlier: [],
};
const subject = (over: Partial<JudgedText> = {}): JudgedText => ({
  kind: 'post',
  body: 'A fair word',
  seenIn: seenInComment,
  now: NOW,
  author,
  ...over,
});
const earlier = (minutesAgo: number, over: Partial<EarlierComment> = {}): EarlierComment => ({
  at: new Date(Date.parse(NOW) - minutesAgo * 60_000).toISOString(),
  core: coreOf(`Written ${minutesAgo} minutes ago`, seenInComment),
  ruled: null,
  ...over,
});
const off = FIRST_POLICY.rules.map((rule): Rule => ({ ...rule, on: false }));
const only = (...rules: readonly Rule[]): Policy => ({
  rules: off.map((rule) => rules.find((one) => one.rule === rule.rule) ?? rule),
});
const verdictOf = (policy: Policy, over: Partial<JudgedText> = {}) => judge({ version: 7, policy }, subject(over));
const passed = { measure: null, policyVersion: 7, findings: [] };

describe('the first policy', () => {
  test('lets a fair comment through', () => {
    expect(verdictOf(FIRST_POLICY)).toEqual(passed);
  });
});

describe('length', () => {
  const rule: Rule = { rule: 'length', on: true, least: 3, most: 100, measure: 'hold' };
  test('counts characters', () => {
    expect(verdictOf(only(rule), { body: '😀😀' })).toEqual({
      measure: 'hold',
      policyVersion: 7,
      findings: [{ rule: 'length', measure: 'hold', matched: '2 characters' }],
    });
    expect(verdictOf(only(rule), { body: '😀😀😀' })).toEqual(passed);
    expect(verdictOf(only(rule), { body: 'x'.repeat(101) }).measure).toBe('hold');
  });
});

describe('words', () => {
  const banned: Rule = { rule: 'banned-words', on: true, words: ['casino', 'การพนัน'], measure: 'reject' };
  const suspect: Rule = { rule: 'suspect-words', on: true, words: ['cờ bạc', '贷款'] };
  test.each([
    ['C4SINO now', [['banned-words', 'reject', 'C4SINO']]],
    ['เว็บการพนัน', [['banned-words', 'reject', 'การพนัน']]],
    ['chơi Cờ Bạc', [['suspect-words', 'report', 'Cờ Bạc']]],
    [
      '小额贷款 casino',
      [
        ['banned-words', 'reject', 'casino'],
        ['suspect-words', 'report', '贷款'],
      ],
    ],
    ['nothing of it', []],
  ])('%s', (body, findings) => {
    expect(verdictOf(only(banned, suspect), { body }).findings).toEqual(
      findings.map(([rule, measure, matched]) => ({ rule, measure, matched })),
    );
  });

  test('the hardest measure is the verdict', () => {
    expect(verdictOf(only(banned, suspect), { body: '贷款 casino' }).measure).toBe('reject');
    expect(verdictOf(only(banned, suspect), { body: '贷款' }).measure).toBe('report');
  });
});

describe('links', () => {
  const rule: Rule = { rule: 'links', on: true, most: 1, trustedHosts: ['example.org'], measure: 'hold' };
  test.each([
    ['https://a.test and http://b.test', '2 links, the first to a.test'],
    ['[one](https://a.test/x) <https://a.test/y>', '2 links, the first to a.test'],
    ['WWW.A.TEST www.b.test', '2 links, the first to www.a.test'],
    ['https://example.org@a.test https://notexample.org', '2 links, the first to a.test'],
  ])('%s', (body, matched) => {
    expect(verdictOf(only(rule), { body }).findings).toEqual([{ rule: 'links', measure: 'hold', matched }]);
  });
  test('trusted hosts and what lies below them do not count', () => {
    const body = 'https://example.org/a https://www.EXAMPLE.org:8080/b https://a.test/c';
    expect(verdictOf(only(rule), { body })).toEqual(passed);
  });
});

test.each(['müll.example', 'ไทย.example', '中文.example', 'ខ្មែរ.example', 'မြန်မာ.example'])(
  'links to %s are trusted however policy and comment write it',
  (host) => {
    const ascii = domainOfEmail(`a@${host}`) ?? '';
    for (const trusted of [host, ascii]) {
      const rule: Rule = { rule: 'links', on: true, most: 0, trustedHosts: [trusted], measure: 'hold' };
      for (const written of [host, ascii]) {
        expect(verdictOf(only(rule), { body: `https://${written}/a and https://www.${written}/b` })).toEqual(passed);
        expect(verdictOf(only(rule), { body: `https://x${written}/` })).not.toEqual(passed);
      }
    }
  },
);

describe('repeated text', () => {
  const rule: Rule = { rule: 'repeated-text', on: true, withinHours: 1, measure: 'hold' };
  const record = {
    ...author,
    earlier: [earlier(30, { core: coreOf('Buy this, now!', seenInComment) }), earlier(40, { core: null })],
  };
  test('is the same words, whatever stands between them, within the time', () => {
    const body = 'BUY  this -- now';
    expect(verdictOf(only(rule), { body, author: record }).findings).toEqual([
      { rule: 'repeated-text', measure: 'hold', matched: 'the same text at 2015-10-05T07:30:00.000Z' },
    ]);
    expect(verdictOf(only(rule), { body, author: record, kind: 'edit' })).toEqual(passed);
    expect(verdictOf(only(rule), { body, author: record, now: '2015-10-05T08:30:00.001Z' })).toEqual(passed);
    expect(verdictOf(only(rule), { body: 'Buy that', author: record })).toEqual(passed);
    expect(
      verdictOf(only(rule), {
        body: '👍',
        author: { ...author, earlier: [earlier(1, { core: coreOf('👎', seenInComment) })] },
      }),
    ).toEqual(passed);
  });
});

describe('flooding', () => {
  const rule: Rule = { rule: 'flooding', on: true, most: 2, withinSeconds: 120, measure: 'hold' };
  test('counts this comment with those of the time before', () => {
    expect(verdictOf(only(rule), { author: { ...author, earlier: [earlier(1), earlier(2)] } }).findings).toEqual([
      { rule: 'flooding', measure: 'hold', matched: '3 comments within 120 seconds' },
    ]);
    expect(verdictOf(only(rule), { author: { ...author, earlier: [earlier(1), earlier(3)] } })).toEqual(passed);
  });
});

describe('newcomers', () => {
  const rule: Rule = { rule: 'newcomer', on: true, firstComments: 2, firstDays: 3, measure: 'hold' };
  test('are those with few comments, and those of the first days', () => {
    expect(verdictOf(only(rule), { author: { ...author, visibleComments: 1 } }).findings).toEqual([
      { rule: 'newcomer', measure: 'hold', matched: '1 comments so far' },
    ]);
    expect(verdictOf(only(rule), { author: { ...author, registeredAt: '2015-10-02T08:00:00.001Z' } }).findings).toEqual(
      [{ rule: 'newcomer', measure: 'hold', matched: 'registered 2 days ago' }],
    );
    expect(verdictOf(only(rule), { author: { ...author, registeredAt: '2015-10-02T08:00:00.000Z' } })).toEqual(passed);
  });
});

describe('the member', () => {
  test('under pre-moderation waits', () => {
    const rule: Rule = { rule: 'pre-moderated-member', on: true };
    expect(verdictOf(only(rule), { author: { ...author, isPremoderated: true } }).measure).toBe('hold');
    expect(verdictOf(only(rule)).measure).toBeNull();
  });

  test('is measured by what was decided on its last comments, once there are enough', () => {
    const rule: Rule = { rule: 'recent-record', on: true, ofLast: 2, share: 0.5, measure: 'report' };
    const down = { ruled: 'turned-down' } as const;
    const kept = { ruled: 'kept' } as const;
    const recordOf = (...ruled: readonly Partial<EarlierComment>[]) => ({
      ...author,
      earlier: ruled.map((one) => earlier(1, one)),
    });
    expect(verdictOf(only(rule), { author: recordOf({}, down, {}, kept, kept) }).findings).toEqual([
      { rule: 'recent-record', measure: 'report', matched: '1 of the last 2 turned down' },
    ]);
    expect(verdictOf(only(rule), { author: recordOf(down) })).toEqual(passed);
    expect(verdictOf(only(rule), { author: recordOf(kept, kept, down) })).toEqual(passed);
  });

  test('waits like everybody when everybody waits', () => {
    expect(verdictOf(only({ rule: 'pre-moderate-all', on: true })).measure).toBe('hold');
  });
});

describe('closed discussions', () => {
  const policy = only({ rule: 'closed-discussion', on: true, afterDays: 30 });
  test('close so many days after the post', () => {
    requireRecentPost(policy, '2015-09-05T08:00:00.001Z', NOW);
    requireRecentPost(FIRST_POLICY, '2005-09-05T08:00:00.000Z', NOW);
    expect(refusal(() => requireRecentPost(policy, '2015-09-05T08:00:00.000Z', NOW))).toMatchObject({
      code: 'discussion_closed',
    });
  });
});

describe('confirmed addresses', () => {
  const rule: Rule = { rule: 'confirmed-address', on: true, firstComments: 3 };

  test('the first comments of somebody who has confirmed none wait', () => {
    const by = (isConfirmed: boolean, visibleComments: number) =>
      verdictOf(only(rule), { author: { ...author, isConfirmed, visibleComments } }).measure;
    expect([by(false, 0), by(false, 2), by(false, 3), by(true, 0)]).toEqual(['hold', 'hold', null, null]);
  });
});
