import { inUnicode } from '../../libs/burmese/index.ts';
import { mentionedHandles, readCommentAside } from '../../libs/markdown/index.ts';
import { MOST_MENTIONED, TEXT_LIMITS } from '../../libs/words/index.ts';
import type { MemberLookup } from '../commands/member-lookup.ts';
import { normalized } from '../domain/text.ts';

/** UTF-16 units; a longer text is refused before it is recorded. */
const MOST_TEXT_READ = 2 * TEXT_LIMITS.comment.max;

/** Finds the first members whom a text names by their handles; a text without mentions costs no look. */
export function mentionedMembers(members: Pick<MemberLookup, 'byLogin'>): (body: string) => Promise<readonly string[]> {
  return async (body) => {
    if (body.length > MOST_TEXT_READ) return [];
    // As it is judged, recorded and shown next.
    const text = normalized(inUnicode(body));
    await readCommentAside(text);
    const found = await Promise.all(mentionedHandles(text, MOST_MENTIONED).map((handle) => members.byLogin(handle)));
    return [...new Set(found.flatMap((member) => (member === undefined ? [] : [member.memberId])))];
  };
}
