import { expect, test } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import { linkedQuotes } from '../../libs/markdown/index.ts';
import { queryBusOf } from '../../test/views/query-bus.ts';
import { answering } from '../views/answering.ts';
import { GetPost } from '../views/post-list/post-list.query-types.ts';
import { FindUnsendableQuotes, type UnsendableQuote } from '../views/thread/thread.query-types.ts';
import { IssueTexts } from './issues.ts';

const commentId = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0c01';
const post: Post = {
  id: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01',
  slug: 'october',
  title: 'October',
  kind: 'newsletter',
  locale: 'en',
  excerptHtml: '',
  excerpt: null,
  tags: [],
  author: null,
  publishedAt: '2026-11-01T08:00:00.000Z',
  editedAt: null,
  status: 'published',
  commentCount: 0,
  body: `Before\n\n> Said before\n>\n> [Linh](/posts/a#comment-${commentId})\n\nAfter`,
  bodyHtml: '<p>As it is rendered</p>',
  discussion: { state: 'open', slowModeSeconds: 0, pinnedCommentId: null },
  revision: 0,
};

async function textsWith(unsendable: readonly UnsendableQuote[]): Promise<IssueTexts> {
  const queries = await queryBusOf([
    answering(GetPost, {}, () => post),
    answering(FindUnsendableQuotes, {}, () => unsendable),
  ]);
  return new IssueTexts(
    queries,
    () => 'https://forum.example',
    () => 'as it stands',
  );
}

test('a quote that may not be sent any more is in no mail that is written from then on', async () => {
  const quotes = linkedQuotes(post.body, () => true).map(
    (quote) => ({ ...quote, commentIds: [commentId], why: 'gone' }) as const,
  );
  const { article } = (await (await textsWith(quotes)).of(post.id)) ?? {};
  expect(article?.text.encoded).toContain('October\r\n\r\nBefore');
  for (const part of [article?.text, article?.html]) {
    expect(part?.encoded).toContain('After');
    expect(part?.encoded).not.toContain('Said before');
  }
  const whole = await (await textsWith([])).of(post.id);
  expect(whole?.article.text.encoded).toContain('> Said before');
  expect(whole?.article.text.encoded.replaceAll('=\r\n', '')).toContain(
    '> Linh (https://forum.example/posts/a#comment-',
  );
  expect(whole?.article.html.encoded).toContain('<p>As it is');
});

test('the text is read once while nothing changes, and anew from the moment of a change on', async () => {
  let [mark, reads] = [1, 0];
  let whileReading = (): void => undefined;
  const queries = await queryBusOf([
    answering(GetPost, {}, () => {
      reads += 1;
      whileReading();
      return { ...post, title: `October ${mark}` };
    }),
    answering(FindUnsendableQuotes, {}, () => []),
  ]);
  const texts = new IssueTexts(
    queries,
    () => 'https://forum.example',
    () => String(mark),
  );
  const first = await texts.of(post.id);
  expect([(await texts.of(post.id))?.title, reads, first?.isOld()]).toEqual(['October 1', 1, false]);
  mark = 2;
  expect(first?.isOld()).toBe(true);
  expect([(await texts.of(post.id))?.title, reads]).toEqual(['October 2', 2]);
  mark = 3;
  whileReading = () => {
    mark = Math.min(mark + 1, 5);
  };
  const last = await texts.of(post.id);
  expect([last?.title, last?.isOld(), mark]).toEqual(['October 5', false, 5]);
});
