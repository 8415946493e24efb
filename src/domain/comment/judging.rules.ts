import { isModerator } from '../../../libs/words/index.ts';
import { judge } from '../policy/judge.ts';
import { type JudgedText } from '../policy/subject.ts';
import type { CommentJudged } from './decision.events.ts';
import type { CommentNeeds } from './posting.rules.ts';

/** A text that readers are about to see. */
export interface NewText extends Pick<JudgedText, 'kind' | 'body' | 'now'> {
  readonly ids: { readonly commentId: string; readonly postId: string };
}

/** The policy's verdict on a text. The words of moderators are not judged. */
export function judged(
  { kind, body, now, ids: { commentId, postId } }: NewText,
  { policy, record, authorRoles, seenIn }: CommentNeeds,
): readonly CommentJudged[] {
  if (isModerator(authorRoles)) return [];
  const { measure, policyVersion, findings } = judge(policy, { kind, body, seenIn, now, author: record });
  if (measure === null) return [];
  const rules = findings.map(({ rule }) => rule);
  const matched = findings.map((finding) => finding.matched);
  return [
    { type: 'CommentJudged.v1', data: { commentId, postId, measure, policyVersion, rules }, personal: { matched } },
  ];
}
