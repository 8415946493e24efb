import { commentNotFound, DomainError } from '../../../libs/kernel/index.ts';
import {
  isEditor,
  isModerator,
  isWaiting,
  type Role,
  type RuleName,
  type TranslationWriters,
} from '../../../libs/words/index.ts';
import type { CommentFacts } from '../comment/comment.facts.ts';
import { requireFindable, type Surroundings } from '../comment/findable.rules.ts';
import type { Actor } from '../member/actor.ts';
import { judge } from '../policy/judge.ts';
import type { PolicyInForce } from '../policy/policy.settings.ts';
import type { JudgedAuthor, SeenIn } from '../policy/subject.ts';
import { type PostFacts, requirePublicPost } from '../post/post.facts.ts';
import { requireMayTakePart, type StandingFacts } from '../sanction/standing.facts.ts';
import { type Translatable, WouldWait, type WriteTranslation } from './translation.commands.ts';
import type { TranslationWritten } from './translation.events.ts';

/** What readers see of a translation; the title is empty for one of a comment. */
export type TranslationTexts = TranslationWritten['personal'];

/** The newest text of what is translated. */
export interface TranslationSource {
  readonly revision: number;
  /** The entry of its event in the log, base64. */
  readonly hash: string;
}

/** What is translated, as far as the rules ask who sees it. */
export interface TranslatedSource extends Surroundings {
  /** Null for a translation of the post itself, and for a comment that was never posted. */
  readonly comment: CommentFacts | null;
}

export interface TranslationNeeds extends TranslatedSource {
  readonly source: TranslationSource | null;
  readonly standing: StandingFacts;
  readonly policy: PolicyInForce;
  /** The facts about the translator that the policy's rules need. */
  readonly record: JudgedAuthor;
  readonly seenIn: SeenIn;
  /** What moderators removed of the translator's own translations of this source into other languages. */
  readonly refusedElsewhere: readonly TranslationTexts[];
}

export interface RemovalNeeds {
  /** The comment or post whose translation is taken away; null for one that never was. */
  readonly translated: Pick<CommentFacts | PostFacts, 'authorId' | 'textRevision'> | null;
  readonly standing: StandingFacts;
}

/** Whether the site lets somebody with these roles translate. */
export function mayTranslate(writers: TranslationWriters, roles: readonly Role[]): boolean {
  if (writers === 'staff') return isEditor(roles) || isModerator(roles);
  return writers === 'members';
}

type TranslatingRule = (command: WriteTranslation, needed: TranslationNeeds) => void;

/** The rules are asked in this order; the first refusal is the answer. */
export const RULES_OF_TRANSLATING: readonly TranslatingRule[] = [
  siteLetsTranslate,
  translatorMayTakePart,
  sourceIsShown,
  policyHasNoObjection,
];

function siteLetsTranslate({ data }: WriteTranslation): void {
  if (mayTranslate(data.writers, data.by.roles)) return;
  throw new DomainError(
    'forbidden',
    data.writers === 'nobody' ? 'This forum takes no translations.' : 'Only staff translates in this forum.',
  );
}

function translatorMayTakePart({ meta }: WriteTranslation, { standing }: TranslationNeeds): void {
  requireMayTakePart(standing, meta.now);
}

/** Nobody translates what readers do not see, whoever sees it. */
function sourceIsShown({ data, meta }: WriteTranslation, needed: TranslationNeeds): void {
  const commentId = data.of.kind === 'post' ? null : data.of.commentId;
  requireShownSource({ commentId }, needed, { by: data.by, now: meta.now });
}

/** Throws DomainError unless readers see what is translated; a null id is of the post itself. */
export function requireShownSource(
  { commentId }: { readonly commentId: string | null },
  { comment, ...surroundings }: TranslatedSource,
  { by, now }: { readonly by: Actor; readonly now: string },
): void {
  if (commentId === null) return requirePublicPost(surroundings.post, by.roles, now);
  if (comment === null || isWaiting(comment.status)) throw commentNotFound();
  requireFindable(comment, surroundings, by, now);
  if (comment.status === 'erased') throw new DomainError('erased', 'The text of this comment was erased.');
  if (comment.status !== 'visible') throw new DomainError('comment_removed', 'This comment was removed.');
}

/** Asked once the words are right, so that whoever translates learns of both at once. Throws DomainError stale_revision. */
export function requireSeenSource({ data }: WriteTranslation, { source }: TranslationNeeds): void {
  if (source?.revision === data.sourceRevision) return;
  throw new DomainError(
    'stale_revision',
    `The text was changed meanwhile; it is at revision ${source?.revision ?? 0}. Read it and translate that.`,
  );
}

/** What these rules count is the translated text's own. */
const LEFT_OUT: Readonly<Record<Translatable['kind'], ReadonlySet<RuleName>>> = {
  comment: new Set(['length', 'repeated-text']),
  post: new Set(['length', 'repeated-text', 'links']),
};

/** What would be held as a comment is refused as a translation, since it stands in another's name too. */
function policyHasNoObjection({ data, meta }: WriteTranslation, { policy, record, seenIn }: TranslationNeeds): void {
  if (isModerator(data.by.roles)) return;
  const body = data.title === '' ? data.body : `${data.title}\n\n${data.body}`;
  const rules = policy.policy.rules.filter(({ rule }) => !LEFT_OUT[data.of.kind].has(rule));
  const asked = { ...policy, policy: { ...policy.policy, rules } };
  const { measure } = judge(asked, { kind: 'post', body, seenIn, now: meta.now, author: record });
  if (measure === null || measure === 'report') return;
  throw new WouldWait();
}
