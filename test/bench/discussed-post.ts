import { type Account, newPost, sendJson } from '../support/forum-account.ts';
import { newId, sampleComment } from './sample.ts';

/** Of 500 comments, so many are top-level ones; each other answers the one this many before it: three in a chain at most. */
const ROOTS = 200;

export interface DiscussedPost {
  readonly postId: string;
  readonly commentIds: readonly string[];
}

/** Publishes a post and comments on it so many times. */
export async function discussedPost(address: string, by: Account, comments: number): Promise<DiscussedPost> {
  const postId = await newPost(address, by, 'A post that many discuss');
  const commentIds = Array.from({ length: comments }, newId);
  for (const [at, id] of commentIds.entries()) {
    const parentId = at < ROOTS ? null : commentIds[at - ROOTS];
    const comment = { id, parentId, body: sampleComment(at) };
    await sendJson(`${address}/api/v1/posts/${postId}/comments`, 'POST', comment, by.token);
  }
  return { postId, commentIds };
}
