import { describe, expect, it } from '@jest/globals';
import type { CommentNode } from './comment-node.ts';
import type { ChangingThread } from './context.ts';
import type { ShownComment } from './shown-comment.ts';
import { answersAmong, beyondOf, countAnswers, NO_TREE, treeOf } from './tree.ts';

function comment(id: string, parentId: string | null = null): ShownComment {
  const times = { createdAt: '2015-10-05T08:00:00.000Z', editedAt: null };
  const rest = {
    author: null,
    bodyHtml: null,
    body: id,
    reactions: {},
    status: 'visible',
    revision: 0,
    replyCount: 0,
    position: '1',
  } as const;
  return { id, postId: 'p', parentId, depth: 0, ...times, ...rest };
}
const QUIET: ChangingThread = {
  openForm: null,
  ownReactions: {},
  bookmarks: new Set(),
  unread: new Set(),
  ignored: new Set(),
  waiting: {},
  later: 0,
  elsewhere: new Set(),
  since: '1',
  folds: {},
  beyond: {},
  fresh: new Set(),
};

type Shape = readonly [string, ...Shape[]];
const shape = ({ comment: { id }, answers }: CommentNode): Shape => [id, ...answers.map(shape)];

const [a, b, c, d] = [comment('a'), comment('b', 'a'), comment('c', 'b'), comment('d')];

describe('a tree of comments', () => {
  it('has answers below what they answer, in their order', () => {
    const { top } = treeOf([a, b, c, d, comment('e', 'a')], QUIET, NO_TREE);

    expect(top.map(shape)).toEqual([['a', ['b', ['c']], ['e']], ['d']]);
    expect(top.map(countAnswers)).toEqual([3, 0]);
  });

  it('counts the answers that can be read, those that are not drawn with them', () => {
    const [gone, left] = [{ ...c, status: 'removed' as const }, comment('e', 'c')];
    const drawn = [a, b, gone, d];

    expect(answersAmong([...drawn, left])).toEqual(new Map(Object.entries({ a: 2, b: 1, c: 1, d: 0, e: 0 })));
    const beyond = beyondOf({ a: 104, b: 3 }, drawn);
    const { top } = treeOf(drawn, { ...QUIET, beyond }, NO_TREE);
    expect([beyond, top.map(countAnswers)]).toEqual([{ a: 103, b: 3 }, [104, 0]]);
    expect(top[0]?.answers.map(countAnswers)).toEqual([3]);
    // The place of one that was removed is told where there is nothing else.
    expect(treeOf([b, gone], QUIET, NO_TREE).top.map(countAnswers)).toEqual([1]);
  });

  it('shows an answer at the top when what it answers is on another page', () => {
    expect(treeOf([comment('x', 'elsewhere'), a], QUIET, NO_TREE).top.map(shape)).toEqual([['x'], ['a']]);
  });

  it('tells which comments are by somebody whom the viewer ignores', () => {
    const author = { id: 'dara', handle: 'dara', displayName: 'Dara' };
    const state = (...ignored: readonly string[]) => ({ ...QUIET, ignored: new Set(ignored) });
    const told = (ignoring: ChangingThread) =>
      treeOf([{ ...a, author }, d], ignoring, NO_TREE).top.map(({ marks }) => marks.isIgnored);
    expect([told(state('linh', 'dara')), told(state('linh'))]).toEqual([
      [true, false],
      [false, false],
    ]);
  });

  it('keeps the branches in which nothing changed', () => {
    const before = treeOf([a, b, c, d], QUIET, NO_TREE);

    const edited = treeOf([a, { ...b, body: 'edited' }, c, d], QUIET, before);
    const marked = treeOf([a, b, c, d], { ...QUIET, openForm: { kind: 'answer', commentId: 'd' } }, before);

    expect(['a', 'b', 'c', 'd'].filter((id) => edited.nodes.get(id) === before.nodes.get(id))).toEqual(['c', 'd']);
    expect(['a', 'b', 'c', 'd'].filter((id) => marked.nodes.get(id) === before.nodes.get(id))).toEqual(['a', 'b', 'c']);
    const bookmarked = treeOf([a, b, c, d], { ...QUIET, bookmarks: new Set(['d']) }, before);
    expect(['a', 'b', 'c', 'd'].filter((id) => bookmarked.nodes.get(id) !== before.nodes.get(id))).toEqual(['d']);
    expect(marked.nodes.get('d')?.marks).toEqual({
      form: 'answer',
      own: [],
      isBookmarked: false,
      isNew: false,
      isIgnored: false,
      waiting: 0,
      isFresh: false,
      beyond: 0,
    });
  });
});
