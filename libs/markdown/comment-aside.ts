import { AnsweringThread } from '../answering-thread/index.ts';
import { programBeside } from '../kernel/index.ts';
import { readComment, renderComment } from './markdown.ts';
import { type CommentRead, isLongToRead, keepRead, readLately } from './read-comment.ts';

/** Whoever sends one such comment may send another. */
const ENDS_AFTER_MS = 10_000;

const thread = new AnsweringThread({
  program: programBeside(import.meta.url, 'read-comment.worker'),
  name: 'comments',
  instead: readComment,
  endsAfter: ENDS_AFTER_MS,
});

/**
 * Reads a comment of many small tables, lists or addresses in a thread of its own, so that it holds up nothing else, and keeps what it found for
 * some seconds: what is asked about the text at once then costs nothing. Null for any other text, which is read at once within a few milliseconds.
 */
export function readCommentAside(source: string): Promise<CommentRead> | null {
  if (!isLongToRead(source)) return null;
  const known = readLately(source);
  return known === undefined ? ask(source) : Promise.resolve(known);
}

/** Like `renderComment`. */
export async function renderCommentAside(source: string): Promise<string> {
  const read = readCommentAside(source);
  return read === null ? renderComment(source) : (await read).html;
}

async function ask(source: string): Promise<CommentRead> {
  const read = await thread.ask(source);
  keepRead(source, read);
  return read;
}
