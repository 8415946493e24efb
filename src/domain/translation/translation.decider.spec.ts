import { expect, test } from '@jest/globals';
import { seenInComment } from '../../../libs/markdown/index.ts';
import { erased, given, happened, metaOf, NOW, remembered } from '../../../test/support/given.ts';
import type { CommentFacts } from '../comment/comment.facts.ts';
import { FIRST_POLICY, type Policy } from '../policy/policy.settings.ts';
import type { PostEvent } from '../post/post.events.ts';
import { postFacts } from '../post/post.facts.ts';
import type { RemovalNeeds, TranslationNeeds } from './translating.rules.ts';
import {
  DismissTranslationReports,
  EraseTranslation,
  RemoveTranslation,
  WriteTranslation,
} from './translation.commands.ts';
import { translationDecider } from './translation.decider.ts';
import type { TranslationRemoved, TranslationReportsDismissed, TranslationWritten } from './translation.events.ts';

const comment: CommentFacts = {
  commentId: 'c1',
  postId: 'p1',
  parentId: null,
  rootId: 'c1',
  depth: 0,
  authorId: 'somchai',
  status: 'visible',
  hidden: false,
  textRevision: 2,
};
const post = {
  slug: 'borders',
  firstSlug: 'borders',
  textRevision: 3,
  publishAt: NOW,
  withdrawn: false,
  authorId: null,
};
const needs: TranslationNeeds = {
  comment,
  post,
  belowHidden: false,
  source: { revision: 2, hash: 'entry-of-2' },
  standing: { membership: 'active', sanctions: [] },
  policy: { version: 0, policy: { ...FIRST_POLICY, rules: [] } },
  record: { registeredAt: NOW, visibleComments: 0, isPremoderated: false, isConfirmed: true, earlier: [] },
  seenIn: seenInComment,
  refusedElsewhere: [],
};
const linh = { memberId: 'linh', roles: ['member'] } as const;
const mai = { memberId: 'mai', roles: ['member', 'moderator'] } as const;
const wish = {
  translationId: 't1',
  of: { kind: 'comment', commentId: 'c1' },
  language: 'en',
  title: '',
  body: ' Hello ',
  sourceRevision: 2,
  by: linh,
  writers: 'members',
  maxLength: 100,
} as const;
const write = (over: Partial<WriteTranslation['data']> = {}) => new WriteTranslation({ ...wish, ...over }, metaOf());
const about = { translationId: 't1', postId: 'p1', commentId: 'c1', language: 'en', memberId: 'linh' };
const written: TranslationWritten = {
  type: 'TranslationWritten.v1',
  data: { ...about, sourceRevision: 2, sourceHash: 'entry-of-2' },
  personal: { title: '', body: 'Hello' },
};
const removed = (by: TranslationRemoved['data']['by'], reason: 'spam' | null = null): TranslationRemoved => ({
  type: 'TranslationRemoved.v2',
  data: { ...about, by, reason },
  personal: null,
});
const nothing = given(translationDecider, []);
const standing = given(translationDecider, [written]);

test('a translation is bound to the event of the text that it was made from, and recorded once', () => {
  nothing.when(write(), needs).then([written]);
  standing.when(write(), needs).then([]);
  standing.when(write({ body: 'Hi' }), needs).then([{ ...written, personal: { title: '', body: 'Hi' } }]);
  given(translationDecider, [erased(written)])
    .when(write(), needs)
    .then([written]);
});

test('after a change of the text the same words are a new translation of it', () => {
  const source = { revision: 5, hash: 'entry-of-5' };
  standing.when(write(), { ...needs, source }).then([]);
  standing.when(write({ body: 'Hi' }), { ...needs, source }).thenRefused('stale_revision');
  standing
    .when(write({ sourceRevision: 5 }), { ...needs, source })
    .then([{ ...written, data: { ...about, sourceRevision: 5, sourceHash: 'entry-of-5' } }]);
});

test('words that are refused are told so before the text that was changed meanwhile', () => {
  const rules: Policy['rules'] = [{ rule: 'banned-words', on: true, measure: 'hold', words: ['hello'] }];
  const changed = { ...needs, source: { revision: 5, hash: 'entry-of-5' } };
  const strict = { ...changed, policy: { version: 1, policy: { ...FIRST_POLICY, rules } } };
  nothing.when(write(), strict).thenRefused('forbidden');
  nothing.when(write({ body: 'Hi' }), strict).thenRefused('stale_revision');
  const gone = given(translationDecider, [written, removed('moderator', 'spam')]);
  gone.when(write(), changed).thenRefused('forbidden', { field: 'body' });
  gone.when(write({ body: 'Hi' }), changed).thenRefused('stale_revision');
});

test('a post is translated with its title, as long as a post may be', () => {
  const source = { revision: 3, hash: 'entry-of-3' };
  const ofPost = { of: { kind: 'post', postId: 'p1' }, title: 'Borders', sourceRevision: 3 } as const;
  const body = 'x'.repeat(20_000);
  nothing.when(write({ ...ofPost, body }), { ...needs, comment: null, source }).then([
    {
      ...written,
      data: { ...about, commentId: null, sourceRevision: 3, sourceHash: 'entry-of-3' },
      personal: { title: 'Borders', body },
    },
  ]);
  nothing.when(write({ ...ofPost, title: '' }), { ...needs, source }).thenRefused('invalid', { field: 'title' });
  const withdrawn = { ...needs, comment: null, source, post: { ...post, withdrawn: true } };
  nothing.when(write(ofPost), withdrawn).thenRefused('post_not_found');
  nothing.when(write(ofPost), { ...withdrawn, post: null }).thenRefused('post_not_found');
});

test('the site says who translates', () => {
  nothing.when(write({ writers: 'nobody', by: mai }), needs).thenRefused('forbidden');
  nothing.when(write({ writers: 'staff' }), needs).thenRefused('forbidden');
  nothing
    .when(write({ writers: 'staff', by: mai }), needs)
    .then([{ ...written, data: { ...written.data, memberId: 'mai' } }]);
});

test('what readers do not see is not translated', () => {
  for (const status of ['held', 'rejected'] as const) {
    nothing.when(write(), { ...needs, comment: { ...comment, status } }).thenRefused('comment_not_found');
  }
  nothing.when(write(), { ...needs, comment: null }).thenRefused('comment_not_found');
  nothing.when(write(), { ...needs, belowHidden: true }).thenRefused('comment_not_found');
  nothing.when(write(), { ...needs, post: { ...post, withdrawn: true } }).thenRefused('comment_not_found');
  nothing.when(write(), { ...needs, comment: { ...comment, status: 'removed' } }).thenRefused('comment_removed');
  nothing.when(write(), { ...needs, comment: { ...comment, status: 'erased' } }).thenRefused('erased');
});

test('a text and a language have their limits', () => {
  nothing.when(write({ body: 'x'.repeat(101) }), needs).thenRefused('invalid', { field: 'body' });
  nothing.when(write({ body: ' ' }), needs).thenRefused('invalid', { field: 'body' });
  nothing.when(write({ language: 'xx' }), needs).thenRefused('invalid', { field: 'language' });
});

test('whoever is stopped, or whose comment would wait, does not translate', () => {
  nothing
    .when(write(), { ...needs, standing: { membership: 'waiting', sanctions: [] } })
    .thenRefused('membership_waiting');
  const rules: Policy['rules'] = [{ rule: 'banned-words', on: true, measure: 'hold', words: ['hello'] }];
  const strict = { ...needs, policy: { version: 1, policy: { ...FIRST_POLICY, rules } } };
  nothing.when(write(), strict).thenRefused('forbidden');
  nothing.when(write({ by: mai }), strict).then([{ ...written, data: { ...written.data, memberId: 'mai' } }]);
});

const stopped: TranslationNeeds['standing'] = {
  membership: 'active',
  sanctions: [
    {
      sanctionId: 's1',
      kind: 'suspension',
      until: null,
      by: 'mai',
      acknowledged: false,
      lifted: false,
      appeal: 'none',
    },
  ],
};
const free: RemovalNeeds = { translated: null, standing: needs.standing };

test('its translator takes it back, a moderator removes it for a reason, and nobody else', () => {
  const by = (who: RemoveTranslation['data']['by'], reason: 'spam' | null) =>
    new RemoveTranslation({ translationId: 't1', by: who, reason, isOutdated: false }, metaOf());
  standing.when(by(linh, null), free).then([removed('translator')]);
  standing.when(by(linh, null), { ...free, standing: stopped }).then([removed('translator')]);
  standing.when(by(mai, 'spam'), free).then([removed('moderator', 'spam')]);
  standing.when(by(mai, null), free).thenRefused('invalid', { field: 'reason' });
  standing.when(by({ ...linh, memberId: 'other' }, null), free).thenRefused('forbidden');
  nothing.when(by(mai, 'spam'), free).thenRefused('not_found');
  given(translationDecider, [written, removed('translator')])
    .when(by(linh, null), free)
    .then([]);
  standing.when(new EraseTranslation({ translationId: 't1' }, metaOf()), null).then([removed('erasure')]);
});

test('a moderator may have words for whoever translated; who takes a translation back or away has none', () => {
  const by = (who: RemoveTranslation['data']['by'], over: Partial<RemoveTranslation['data']>) =>
    new RemoveTranslation({ translationId: 't1', by: who, reason: null, isOutdated: true, ...over }, metaOf());
  const statement = ' It says\r\nthe opposite. ';
  const told = { ...removed('moderator', 'spam'), personal: { statement: 'It says\nthe opposite.' } };
  standing.when(by(mai, { reason: 'spam', statement }), free).then([told]);
  standing.when(by(mai, { reason: 'spam', statement: ' \n' }), free).then([removed('moderator', 'spam')]);
  const long = { reason: 'spam', statement: 'x'.repeat(2_001) } as const;
  standing.when(by(mai, long), free).thenRefused('invalid', { field: 'statement' });
  standing.when(by(linh, { statement }), free).then([removed('translator')]);
  const somchai = { memberId: 'somchai', roles: ['member'] } as const;
  const translated = { ...comment, textRevision: 4 };
  standing.when(by(somchai, { statement }), { ...free, translated }).then([removed('author')]);
  const gone = given(translationDecider, [written, erased({ ...told, personal: { statement: 'It' } })]);
  gone.when(by(mai, { reason: 'spam', statement: 'Other words' }), free).then([]);
});

test('a moderator removes the text that was seen, and no later one', () => {
  const remove = (seen: number) =>
    new RemoveTranslation({ translationId: 't1', by: mai, reason: 'spam', isOutdated: false, seen }, metaOf());
  const changed = given(translationDecider, [written, written]);
  changed.when(remove(0), free).thenRefused('stale_revision');
  changed.when(remove(1), free).then([removed('moderator', 'spam')]);
  given(translationDecider, [written, written, removed('translator')])
    .when(remove(0), free)
    .then([]);
});

test('its translator, and the author of its text, take away the text that was seen, and no later one', () => {
  const remove = (who: RemoveTranslation['data']['by'], seen: number) =>
    new RemoveTranslation({ translationId: 't1', by: who, reason: null, isOutdated: true, seen }, metaOf());
  const changed = given(translationDecider, [written, written]);
  changed.when(remove(linh, 0), free).thenRefused('stale_revision');
  changed.when(remove(linh, 1), free).then([removed('translator')]);
  const somchai = { memberId: 'somchai', roles: ['member'] } as const;
  const translated = { ...comment, textRevision: 4 };
  changed.when(remove(somchai, 0), { ...free, translated }).thenRefused('stale_revision');
  changed.when(remove(somchai, 1), { ...free, translated }).then([removed('author')]);
  given(translationDecider, [written, written, removed('translator')])
    .when(remove(linh, 0), free)
    .then([]);
});

test('the author of a text takes a translation of what it said before away, and no other', () => {
  const somchai: RemoveTranslation['data']['by'] = { memberId: 'somchai', roles: ['member'] };
  const take = (by: typeof somchai, isOutdated = true) =>
    new RemoveTranslation({ translationId: 't1', by, reason: null, isOutdated }, metaOf());
  const of = (over: Partial<CommentFacts>) => ({ ...free, translated: { ...comment, textRevision: 4, ...over } });
  standing.when(take(somchai), of({})).then([removed('author')]);
  standing.when(take(somchai), { ...of({}), standing: stopped }).thenRefused('suspended');
  given(translationDecider, [written, removed('author')])
    .when(take(somchai), of({}))
    .then([]);
  standing.when(take(somchai), of({ textRevision: 2 })).thenRefused('forbidden');
  standing.when(take(somchai, false), of({})).thenRefused('forbidden');
  const ofPost = { ...removed('author'), data: { ...removed('author').data, commentId: null } };
  given(translationDecider, [{ ...written, data: { ...written.data, commentId: null } }])
    .when(take(somchai), { ...free, translated: { ...post, authorId: 'somchai', textRevision: 4 } })
    .then([ofPost]);
  standing.when(take(somchai), free).thenRefused('forbidden');
  standing.when(take({ ...somchai, memberId: 'keo' }), of({})).thenRefused('forbidden');
  const data = { ...about, sourceRevision: 4, sourceHash: 'entry-of-4' };
  given(translationDecider, [written, removed('author')])
    .when(write({ sourceRevision: 4 }), { ...needs, source: { revision: 4, hash: 'entry-of-4' } })
    .then([{ ...written, data }]);
});

test('what a moderator removed is not written again, until its source is another, and then in other words', () => {
  const gone = given(translationDecider, [written, removed('moderator', 'spam')]);
  gone.when(write({ body: 'Hi' }), needs).thenRefused('forbidden');
  const data = { ...about, sourceRevision: 5, sourceHash: 'entry-of-5' };
  const changed = { ...needs, source: { revision: 5, hash: 'entry-of-5' } };
  const other = { ...written, data, personal: { title: '', body: 'Hi' } };
  gone.when(write({ sourceRevision: 5, body: 'Hi' }), changed).then([other]);
  gone.when(write({ sourceRevision: 5 }), changed).thenRefused('forbidden', { field: 'body' });
  const again = given(translationDecider, [written, removed('moderator', 'spam'), other]);
  again.when(write({ sourceRevision: 5 }), changed).thenRefused('forbidden', { field: 'body' });
  given(translationDecider, [erased(written), removed('moderator', 'spam')])
    .when(write({ sourceRevision: 5 }), changed)
    .then([{ ...written, data }]);
  given(translationDecider, [written, removed('translator')])
    .when(write(), needs)
    .then([written]);
});

test('words are the same however they are spelt, marked, spaced, composed or broken into lines, and in any case', () => {
  const sent = { ...written, personal: { title: '', body: 'Caf\u00e9 au\nlait' } };
  const gone = given(translationDecider, [sent, removed('moderator', 'spam')]);
  const changed = { ...needs, source: { revision: 5, hash: 'entry-of-5' } };
  const spelt = [
    '*Caf\u00e9* au lait',
    'Caf&eacute; au l&#97;it',
    'CAF\u00c9 au **l**ait!',
    '[Caf\u00e9 au](https://a.example) lait',
  ];
  const spaced = [
    'Cafe\u0301  au lait',
    'Café\n\nau\u00a0lait\u200b',
    ' Ca\u2060fé au\tlait',
    '\uff23af\u00e9 au lait',
    '\u202etial ua éfaC\u202c',
  ];
  for (const body of [...spelt, ...spaced])
    gone.when(write({ sourceRevision: 5, body }), changed).thenRefused('forbidden', { field: 'body' });
  const data = { ...about, sourceRevision: 5, sourceHash: 'entry-of-5' };
  gone
    .when(write({ sourceRevision: 5, body: 'Café noir' }), changed)
    .then([{ ...written, data, personal: { title: '', body: 'Café noir' } }]);
});

test('signs alone are told from other signs', () => {
  const sent = { ...written, personal: { title: '', body: ':-)' } };
  const gone = given(translationDecider, [sent, removed('moderator', 'spam')]);
  const changed = { ...needs, source: { revision: 5, hash: 'entry-of-5' } };
  gone.when(write({ sourceRevision: 5, body: ': - )' }), changed).thenRefused('forbidden', { field: 'body' });
  const data = { ...about, sourceRevision: 5, sourceHash: 'entry-of-5' };
  gone
    .when(write({ sourceRevision: 5, body: ':-(' }), changed)
    .then([{ ...written, data, personal: { title: '', body: ':-(' } }]);
});

test('the words that a moderator removed do not come back under another language', () => {
  const refused = { ...needs, refusedElsewhere: [{ title: '', body: 'Hello there' }] };
  nothing.when(write({ body: 'Hello *there*' }), refused).thenRefused('forbidden', { field: 'body' });
  nothing.when(write(), refused).then([written]);
});

test('a moderator keeps the text that was seen, for the reports that were; none of another text, none of its own', () => {
  const [keo, bao] = [
    { memberId: 'keo', revision: 0 },
    { memberId: 'bao', revision: 0 },
  ];
  const keep = (reports: readonly (typeof keo)[], over: Partial<DismissTranslationReports['data']> = {}) =>
    new DismissTranslationReports({ translationId: 't1', by: mai, revision: 0, reports, ...over }, metaOf());
  const kept = (reports: readonly (typeof keo)[]): TranslationReportsDismissed => ({
    type: 'TranslationReportsDismissed.v1',
    data: { ...about, revision: 0, reports },
    personal: null,
  });
  standing.when(keep([keo]), null).then([kept([keo])]);
  standing.when(keep([]), null).thenRefused('not_found');
  standing.when(keep([keo], { revision: 3 }), null).thenRefused('stale_revision');
  standing.when(keep([keo], { by: { ...mai, memberId: 'linh' } }), null).thenRefused('forbidden');
  standing.when(keep([keo], { by: { ...linh, memberId: 'other' } }), null).thenRefused('forbidden');
  const once = given(translationDecider, [written, kept([keo])]);
  once.when(keep([keo, bao]), null).then([kept([bao])]);
  once.when(keep([keo]), null).thenRefused('not_found');
  given(translationDecider, [written, removed('translator')])
    .when(keep([keo]), null)
    .thenRefused('not_found');
  nothing.when(keep([keo]), null).thenRefused('not_found');
});

test('only another title or text makes another post of it', () => {
  const published: PostEvent = {
    type: 'PostPublished.v1',
    data: {
      postId: 'p1',
      kind: 'article',
      title: 'Borders',
      slug: 'borders',
      body: 'Text',
      excerpt: null,
      tags: [],
      locale: 'vi',
      publishAt: NOW,
      authorId: null,
      byline: null,
      source: null,
    },
    personal: null,
  };
  const edited = (data: object): PostEvent => ({
    type: 'PostEdited.v1',
    data: { postId: 'p1', ...data },
    personal: null,
  });
  const revisionAfter = (facts: readonly PostEvent[]) =>
    remembered(facts.map((fact, at) => happened(fact, { revision: BigInt(at) }))).reduce(
      postFacts.evolve,
      postFacts.initial(),
    )?.textRevision;
  expect(revisionAfter([published, edited({ tags: ['x'] })])).toBe(0);
  expect(revisionAfter([published, edited({ tags: ['x'] }), edited({ body: 'Other' })])).toBe(2);
  expect(revisionAfter([published, edited({ title: 'Other' }), edited({ slug: 'other' })])).toBe(1);
});
