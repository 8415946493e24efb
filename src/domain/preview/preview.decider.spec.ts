import { expect, test } from '@jest/globals';
import { given, metaOf, NOW } from '../../../test/support/given.ts';
import { EndPreview, SharePreview } from './preview.commands.ts';
import { previewDecider } from './preview.decider.ts';
import type { PreviewEvent } from './preview.events.ts';

const inDays = (days: number): string => new Date(Date.parse(NOW) + days * 86_400_000).toISOString();
const wish = { previewId: 'v1', postId: 'p1', memberId: 'ed', expiresAt: inDays(30) };
const share = (over: Partial<typeof wish> = {}) => new SharePreview({ ...wish, ...over }, metaOf());
const end = new EndPreview({ previewId: 'v1' }, metaOf());
const shared: PreviewEvent = { type: 'PreviewShared.v1', data: wish, personal: null };
const ended: PreviewEvent = { type: 'PreviewEnded.v1', data: { previewId: 'v1', postId: 'p1' }, personal: null };

test('a link is made once, and ends within a year', () => {
  given(previewDecider, []).when(share(), null).then([shared]);
  given(previewDecider, [shared])
    .when(share({ expiresAt: inDays(2) }), null)
    .then([]);
  given(previewDecider, [shared])
    .when(share({ postId: 'p2' }), null)
    .thenRefused('id_taken');
  for (const expiresAt of [inDays(0), inDays(-1), inDays(366), 'tomorrow'])
    given(previewDecider, []).when(share({ expiresAt }), null).thenRefused('invalid', { field: 'days' });
  expect(inDays(365) > NOW).toBe(true);
  given(previewDecider, [])
    .when(share({ expiresAt: inDays(365) }), null)
    .then([{ ...shared, data: { ...wish, expiresAt: inDays(365) } }]);
});

test('it is ended once', () => {
  given(previewDecider, [shared]).when(end, null).then([ended]);
  given(previewDecider, [shared, ended]).when(end, null).then([]);
  given(previewDecider, []).when(end, null).thenRefused('not_found');
});
