import type { Comment, Post } from '../../libs/client/index.ts';
import type { TestMember } from './forum-caller.ts';
import type { RunningForum } from './running-forum.ts';

const LONGEST_COMMENT = 10_000;
/** Comments of each mark; a page shows some of them only, since it ends early. */
const OF_EACH = 3;
const EDITS = 30;

/** What begins something and never ends it: whoever looks for the end from each beginning takes time by the square. */
export const MARKS = ['<', '<a ', '&', '*', '[', '`'];

/** A post whose comments are of one mark each, as long as they may be. */
export interface MarkedTexts {
  readonly post: Post;
  readonly writer: TestMember;
  /** Edited as often as it may be, each time to another mark. */
  readonly edited: Comment;
  /** Edited as often, each time with `<` alone. */
  readonly unclosed: Comment;
}

function ofMark(n: number, mark: string): string {
  return `${n} ${mark.repeat(LONGEST_COMMENT)}`.slice(0, LONGEST_COMMENT - 1).padEnd(LONGEST_COMMENT, '.');
}

export async function markedTexts(forum: RunningForum, admin: TestMember): Promise<MarkedTexts> {
  const writer = await forum.member('mark-writer');
  const post = await forum.publish(admin, { title: 'Marks', body: ofMark(0, '<'), excerpt: '<'.repeat(2_000) });
  const edited = await editedTo(forum, { writer, post }, (n) => ofMark(n, MARKS[n % MARKS.length] ?? '<'));
  const unclosed = await editedTo(forum, { writer, post }, (n) => ofMark(n, '<'));
  for (const mark of Array<string[]>(OF_EACH).fill(MARKS).flat())
    await forum.comment(writer, post.id, { body: ofMark(0, mark) });
  return { post, writer, edited, unclosed };
}

async function editedTo(
  forum: RunningForum,
  { writer, post }: Pick<MarkedTexts, 'writer' | 'post'>,
  text: (n: number) => string,
): Promise<Comment> {
  let comment = await forum.comment(writer, post.id, { body: text(0) });
  for (let edit = 1; edit <= EDITS; edit += 1) {
    const body = { body: text(edit), revision: comment.revision };
    comment = await forum.done('PATCH', `/api/v1/comments/${comment.id}`, { token: writer.token, body });
  }
  return comment;
}
