import { test } from '@jest/globals';
import { erased, given, happened, metaOf } from '../../../test/support/given.ts';
import { DropDraft, KeepDraft } from './draft.commands.ts';
import { draftDecider } from './draft.decider.ts';
import type { DraftDropped, DraftKept } from './draft.events.ts';

const by = { memberId: 'linh', roles: ['member'] } as const;
const place = { postId: 'p1', parentId: 'c1', commentId: null };
const own = { by, draftId: 'd1', placeId: 'x1' };
const data = { memberId: 'linh', draftId: 'd1', placeId: 'x1' };
const kept = (body: string): DraftKept => ({ type: 'DraftKept.v1', data, personal: { ...place, body } });
const dropped: DraftDropped = { type: 'DraftDropped.v1', data, personal: null };
const keep = (body: string, over: bigint | null = null) => new KeepDraft({ ...own, place, body, over }, metaOf());
const drop = new DropDraft(own, metaOf());
const at7 = happened(kept('One'), { position: 7n });

test('a text is kept, and the same text once', () => {
  given(draftDecider, [])
    .when(keep(' One\r\n\r\n'), null)
    .then([kept(' One\n\n')]);
  given(draftDecider, [at7]).when(keep('One'), null).then([]);
  given(draftDecider, []).when(keep(' '), null).thenRefused('invalid');
  given(draftDecider, [])
    .when(keep('x'.repeat(10_001)), null)
    .thenRefused('invalid');
});

test('it replaces the text that its writer saw last, and no other', () => {
  const on = given(draftDecider, [at7]);
  on.when(keep('Two', 7n), null).then([kept('Two')]);
  on.when(keep('Two'), null).thenRefused('stale_revision');
  on.when(keep('Two', 6n), null).thenRefused('stale_revision');
  given(draftDecider, [happened(kept('One'), { position: 7n }), happened(kept('Two'), { position: 9n })])
    .when(keep('Three', 7n), null)
    .thenRefused('stale_revision');
});

test('a draft is dropped once, and nothing is added to it then', () => {
  given(draftDecider, [at7]).when(drop, null).then([dropped]);
  given(draftDecider, []).when(drop, null).then([]);
  given(draftDecider, [at7, dropped]).when(drop, null).then([]);
  given(draftDecider, [erased(kept('One')), dropped])
    .when(keep('One', 7n), null)
    .thenRefused('conflict');
});
