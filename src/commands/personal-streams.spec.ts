import { expect, test } from '@jest/globals';
import { trusted } from '../../libs/kernel/index.ts';
import { PersonalStreams } from './personal-streams.ts';

const memberId = 'mali';

/** Its address is that of the opened part. */
function posted(commentId: string, by: { readonly authorId?: string; readonly source?: object }, email: string) {
  const data = { commentId, authorId: by.authorId ?? null, source: by.source ?? null };
  const personal = { body: 'Words', author: { displayName: 'Mali', email, guest: by.source === undefined } };
  return { stream: `comment-${commentId}`, type: 'CommentPosted.v1', data, sealed: personal };
}

function guestSent(commentId: string, email: string) {
  const data = { commentId };
  return { stream: `guest-${commentId}`, type: 'GuestCommentSent.v1', data, sealed: { displayName: 'Mali', email } };
}

test('the words of a guest, and those that an import brought, are found by the own address, and what members wrote is not opened', async () => {
  const own = 'mali@mail.example';
  const events = [
    posted('by-member', { authorId: 'somchai' }, own),
    posted('imported', { source: { kind: 'disqus' } }, own),
    posted('imported-of-another', { source: { kind: 'disqus' } }, 'other@mail.example'),
    posted('claimed-by-another', { source: { kind: 'disqus' } }, own),
    {
      stream: 'comment-claimed-by-another',
      type: 'CommentClaimed.v1',
      data: { commentId: 'claimed-by-another', memberId: 'somchai' },
      sealed: null,
    },
    guestSent('waits', own),
    guestSent('of-another', 'other@mail.example'),
    posted('by-guest', {}, own),
    posted('by-another-guest', {}, 'other@mail.example'),
  ];
  const opened: string[] = [];
  async function* readAll() {
    yield* events;
  }
  const open = async (sealed: object, { stream }: { readonly stream: string }) => opened.push(stream) && sealed;
  const names = { confirmed: () => 'confirmed', confirmedBeside: () => 'beside' };
  const lookup = { names, holderOf: async (name: string) => (name === 'confirmed' ? memberId : null) };
  const found = new PersonalStreams(trusted({ readAll }), trusted({ open }), trusted(lookup));
  expect(await found.guestWordsOf({ memberId, emails: [own] })).toEqual({
    comments: ['imported', 'by-guest'],
    waiting: ['guest-waits'],
  });
  expect(opened).not.toContain('comment-by-member');
});
