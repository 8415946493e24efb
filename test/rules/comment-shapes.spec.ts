import { describe, expect, test } from '@jest/globals';
import { commentShapes } from './comment-shapes.ts';
import { productSources } from './source-files.ts';

/** Each says something of its own that no other says. */
const STATED: readonly string[] = [
  'libs/client/shapes.ts Comment',
  'libs/client/shelf-shapes.ts DraftSpot',
  'src/api/http/dto/shelf.ts DraftBody',
  'src/api/http/dto/shelf.ts DraftSpotQuery',
  'src/domain/comment/comment.commands.ts CommentWish',
  'src/domain/comment/comment.events.ts CommentPosted',
  'src/domain/draft/draft.events.ts DraftPlace',
  'src/domain/report/report.events.ts CommentReported',
  'src/views/thread/comment-memory.ts CommentInMemory',
  'src/views/thread/past/growing-life.ts CommentRow',
  'src/views/thread/past/life-comments.ts NewLifeComment',
  'src/views/thread/thread.reads.ts CommentRow',
];

describe('what a comment is', () => {
  test('is said by its shape, its command, its event and its rows, and derived from them elsewhere', () => {
    expect(commentShapes(productSources()).toSorted()).toEqual(STATED);
  });

  test.each([
    ['interface', 'interface Twin { readonly id: string; readonly parentId: string | null; readonly body: string }'],
    ['type', 'type Twin = { commentId: string; authorId: string; body: string };'],
    [
      'class',
      'class Twin { declare readonly id: string; declare readonly postId: string; declare readonly parentId?: string }',
    ],
    ['parameter', 'function Twin(comment: { id: string; parentId: string; depth: number }) {}'],
  ])('is found where it is said again, as in the %s', (_, text) => {
    expect(commentShapes([{ path: 'src/one.ts', text }])).toEqual([
      `src/one.ts ${text.startsWith('f') ? 'comment' : 'Twin'}`,
    ]);
  });

  test.each([
    ['derived', "interface Twin extends Pick<Comment, 'id' | 'parentId' | 'body'> { readonly at: string }"],
    ['about a comment', 'interface Claim { readonly commentId: string; readonly by: string }'],
    ['about a post', 'interface Post { readonly id: string; readonly author: string; readonly body: string }'],
  ])('is not said by what is %s', (_, text) => {
    expect(commentShapes([{ path: 'src/one.ts', text }])).toEqual([]);
  });
});
