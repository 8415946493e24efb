import { sampleComment } from '../sample.ts';
import type { LoadRequest } from './http-load.ts';

const BODIES = 50;

/** For each connection the comments that it sends in turn: to one of the posts, by one of the members. */
export function commentRequests(
  connections: number,
  {
    prefix,
    posts,
    tokens,
  }: { readonly prefix: string; readonly posts: readonly string[]; readonly tokens: readonly string[] },
): readonly (readonly LoadRequest[])[] {
  return Array.from({ length: connections }, (_, connection) => {
    const path = `${prefix}/posts/${posts[connection % posts.length]}/comments`;
    const authorization = `Bearer ${tokens[Math.floor((connection * tokens.length) / connections)]}`;
    const headers = { 'content-type': 'application/json', authorization };
    return Array.from({ length: BODIES }, (_, at): LoadRequest => {
      const body = JSON.stringify({ body: sampleComment(connection * BODIES + at) });
      return { method: 'POST', path, headers, body };
    });
  });
}
