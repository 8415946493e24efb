import { createSigner } from 'fast-jwt';
import type { Comment, Post, Session } from '../../libs/client/index.ts';
import type { TestMember } from './forum-caller.ts';
import { form, MARK, type MarkedForum } from './marked-person.ts';
import { newId } from './running-forum.ts';

/** Of the person of the blog, and nobody else's: made of the name at the first visit, which has no mark. */
export const BLOG_HANDLE = 'Quxbloghandle';

/** A person who came by a token of the host blog, with what it wrote in the forum and in a frame. */
export interface PersonOfBlog extends TestMember {
  readonly comments: readonly Comment[];
}

/** Comes twice: the blog changes the name meanwhile. Needs a forum that takes tokens which this secret signs. */
export async function personOfBlog(
  { forum }: Pick<MarkedForum, 'forum'>,
  secret: string,
  { post, page }: { readonly post: Post; readonly page: { readonly url: string; readonly post: Post } },
): Promise<PersonOfBlog> {
  const sign = createSigner({ key: secret, algorithm: 'HS256' });
  const known = { aud: forum.url, sub: `sub-${MARK}`, email: `blog-${MARK}@example.org` };
  const comesAs = async (name: string): Promise<TestMember> => {
    const exp = Math.floor(Date.now() / 1_000) + 60;
    const sso = sign({ ...known, exp, jti: newId(), name });
    return forum.done<Session>('POST', '/api/v1/sessions', { body: { sso } });
  };
  await comesAs(BLOG_HANDLE);
  const person = await comesAs(`Blog ${MARK}`);
  const said = await forum.comment(person, post.id, { body: `Of the blog ${MARK}` });
  const frame = `/embed?url=${encodeURIComponent(page.url)}`;
  await form(forum, '/embed/comments', person.token, { frame, body: `In the frame ${MARK}` });
  const { items } = await forum.thread(page.post.id, '?limit=100');
  const framed = items.filter(({ author }) => author?.id === person.member.id);
  if (framed.length !== 1) throw new Error(`${framed.length} comments were written through the frame`);
  return { ...person, comments: [said, ...framed] };
}
