import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { render } from 'preact-render-to-string';
import { languageIn } from '../shell/message-files.ts';
import { KeptConversation, keptConversations } from './kept-conversations.tsx';
import type { CommentNode } from './parts/comment-node.ts';
import type { ThreadContext } from './parts/context.ts';
import type { ShownComment } from './parts/shown-comment.ts';

const POST = 'a0000000-0000-8000-8000-000000000001';
const [MALI, DARA] = ['b0000000-0000-8000-8000-000000000001', 'b0000000-0000-8000-8000-000000000002'];
const MARKS = {
  form: null,
  own: [],
  isBookmarked: false,
  isNew: false,
  isIgnored: false,
  waiting: 0,
  isFresh: false,
  fold: undefined,
  beyond: 0,
};

let rendered: number;
beforeEach(() => {
  keptConversations.clear();
  rendered = 0;
});

afterEach(() => {
  jest.useRealTimers();
});

/** A new object each time, as a thread that was read again gives it. */
function comment(id: string, changed: Partial<ShownComment> = {}): ShownComment {
  return {
    id,
    postId: POST,
    parentId: null,
    depth: 0,
    author: { id: MALI, handle: 'mali', displayName: 'Mali', roles: ['member'] },
    bodyHtml: '<p>Rice</p>',
    body: 'Rice',
    status: 'visible',
    createdAt: '2026-01-01T00:00:00.000Z',
    editedAt: null,
    revision: 0,
    replyCount: 0,
    reactions: {},
    position: '7',
    ...changed,
  };
}

function context(changed: Partial<ThreadContext['page']> = {}): ThreadContext {
  const post = { id: POST, slug: 'rice', authorId: null, locale: 'en' };
  const places = { sort: 'oldest', cursor: null, previous: null, next: null, last: null } as const;
  const page = {
    post,
    viewer: null,
    ...places,
    locale: 'en',
    now: 60_000,
    mostCharacters: 100,
    deepest: 3,
    ...changed,
  };
  return {
    page,
    translator: languageIn('en').translator,
    discussion: { state: 'open', slowModeSeconds: 0, pinnedCommentId: null },
    refused: null,
    presence: { now: () => ({ readers: 0, writing: [] }), subscribe: () => () => undefined },
    actions: null,
    own: null,
    Kept: KeptConversation,
  };
}

function Inside({ node }: { node: CommentNode }) {
  rendered += 1;
  return <p>{[node, ...node.answers].map(({ comment: { body } }) => body).join()}</p>;
}

function html(node: CommentNode, thread = context(), parent: ShownComment | null = null): string {
  return render(
    <KeptConversation
      thread={thread}
      node={node}
      parent={parent}
      element={{ class: 'comment', id: 'one', 'data-own': undefined }}
    >
      <Inside node={node} />
    </KeptConversation>,
  );
}

const answers = (body = 'Tea'): readonly CommentNode[] => [
  { comment: comment('two', { parentId: 'one', depth: 1, body }), marks: MARKS, answers: [] },
];
const conversation = (changed: Partial<CommentNode> = {}): CommentNode => ({
  comment: comment('one'),
  marks: MARKS,
  answers: answers(),
  ...changed,
});
const RICE_TEA = '<li class="comment" id="one"><p>Rice,Tea</p></li>';

describe('a conversation on the server', () => {
  it('is rendered once for all readers, also when its thread is read again', () => {
    const first = conversation();
    expect([html(first), html(first), html(conversation())]).toEqual([RICE_TEA, RICE_TEA, RICE_TEA]);
    expect(rendered).toBe(1);
  });

  it.each<[string, CommentNode, ThreadContext]>([
    ['its first comment', conversation({ comment: comment('one', { replyCount: 2 }) }), context()],
    ['an answer', conversation({ answers: answers('Soup') }), context()],
    ['what it leaves out', conversation({ marks: { ...MARKS, fold: { count: 3, href: '/more' } } }), context()],
    ['what stands below it elsewhere', conversation({ marks: { ...MARKS, beyond: 1 } }), context()],
    ['the minute', conversation(), context({ now: 120_000 })],
    ['the page that it stands on', conversation(), context({ cursor: 'next' })],
    ['the discussion', conversation(), { ...context(), discussion: { ...context().discussion, state: 'closed' } }],
    ['what its reader may do', conversation(), context({ viewer: viewer(DARA, ['member']) })],
  ])('is rendered again after a change of %s', (_name, node, thread) => {
    html(conversation());
    html(node, thread);
    expect(rendered).toBe(2);
  });

  it('is rendered again when the author of the comment that it answers has another name, and for no other page', () => {
    html(conversation(), context(), comment('zero'));
    html(conversation(), context({ next: 'one', previous: 'two', last: 'three' }), comment('zero', { replyCount: 9 }));
    expect(rendered).toBe(1);
    const renamed = { id: MALI, handle: 'mali', displayName: 'Mali S.', roles: ['member'] } as const;
    html(conversation(), context(), comment('zero', { author: renamed }));
    expect(rendered).toBe(2);
  });

  it('is the same for all members who wrote nothing in it, and another for its author', () => {
    const thread = (id: string) => context({ viewer: viewer(id, ['member']) });
    html(conversation(), thread(DARA));
    html(conversation(), thread('b0000000-0000-8000-8000-000000000003'));
    expect(rendered).toBe(1);
    html(conversation(), thread(MALI));
    html(conversation(), thread(MALI));
    expect(rendered).toBe(3);
  });

  it('is not kept once its minute is over', () => {
    jest.useFakeTimers();
    html(conversation());
    const { bytes } = keptConversations.state;
    html(conversation({ answers: answers('Soup') }), context({ now: 120_000 }));
    // One letter more, as text and encoded.
    expect(keptConversations.state.bytes).toBe(bytes + 3);
    jest.advanceTimersByTime(60_000);
    expect(keptConversations.state.bytes).toBe(0);
  });

  it('is not kept with a translation that its reader has without asking', () => {
    const translated = { two: { id: 'into English', writtenAt: '2026-01-01T00:00:00.000Z', bodyHtml: '<p>Tea</p>' } };
    html(conversation());
    html(conversation(), { ...context(), translated });
    html(conversation(), { ...context(), translated });
    expect(rendered).toBe(3);
  });

  it('is not kept with an open form', () => {
    const open = conversation({ marks: { ...MARKS, form: 'answer' } });
    html(open);
    html(open);
    expect([rendered, keptConversations.state.bytes]).toEqual([2, 0]);
  });
});

function viewer(memberId: string, roles: readonly ['member']): ThreadContext['page']['viewer'] {
  return { memberId, handle: memberId.slice(-1), displayName: memberId, roles, stop: null };
}
