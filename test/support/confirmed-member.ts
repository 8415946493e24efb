import type { TestMember } from './forum-caller.ts';
import { mailedLink } from './mailed-links.ts';
import type { RunningForum } from './running-forum.ts';

/** A member whose address is confirmed, as by the link of a mail: whoever is not gets no mails of what is new. */
export async function confirmedMember(forum: RunningForum, handle: string): Promise<TestMember> {
  const member = await forum.member(handle);
  const token = await mailedLink(forum, 'confirm', member.member.id);
  const answer = await fetch(`${forum.url}/confirm/${token}`, { method: 'POST', body: new URLSearchParams() });
  if (!answer.ok) throw new Error(`a confirmation was answered with ${answer.status}`);
  return member;
}
