import { deriveId, unreachable } from '../../libs/kernel/index.ts';
import { seenInComment } from '../../libs/markdown/index.ts';
import { handlersFor } from '../../libs/nest-decider/index.ts';
import { isModerator, rolesInForce, TEXT_LIMITS } from '../../libs/words/index.ts';
import {
  ClaimComment,
  type CommentCommand,
  EditComment,
  EraseComment,
  ImportComment,
  ImportPlaceholder,
  PostComment,
  PostGuestComment,
  RemoveComment,
  SetCommentLanguage,
} from '../domain/comment/comment.commands.ts';
import { type CommentState, commentDecider } from '../domain/comment/comment.decider.ts';
import { DecideOnComment, UndoDecision } from '../domain/comment/decision.commands.ts';
import { erasingDecider } from '../domain/comment/erasing.decider.ts';
import type { Surroundings } from '../domain/comment/findable.rules.ts';
import type { CommentNeeds } from '../domain/comment/posting.rules.ts';
import { discussionFacts } from '../domain/discussion/discussion.facts.ts';
import { FIRST_POLICY } from '../domain/policy/policy.settings.ts';
import { turnName } from '../domain/reservation/names.ts';
import { TakeTurn } from '../domain/reservation/reservation.commands.ts';
import { standingFacts } from '../domain/sanction/standing.facts.ts';
import { decoders } from './decoders.ts';
import { ForumFacts } from './forum-facts.ts';
import { commentInUnicode } from './in-unicode.ts';
import { seenAside } from './seen-aside.ts';
import { streams } from './streams.ts';

/** Erasing asks for no facts and opens nothing. */
const erasingHandlers = handlersFor({
  decider: erasingDecider,
  decoder: decoders.comment,
  commands: [EraseComment],
  ignores: ['CommentPosted.v1', 'CommentEdited.v1', 'CommentJudged.v1', 'CommentDecided.v1'],
  stream: ({ data }) => streams.comment(data.commentId),
  needs: () => async () => null,
});

export const commentHandlers = [
  ...erasingHandlers,
  ...handlersFor({
    decider: commentDecider,
    decoder: decoders.comment,
    commands: [
      PostComment,
      PostGuestComment,
      ImportComment,
      ImportPlaceholder,
      EditComment,
      SetCommentLanguage,
      ClaimComment,
      RemoveComment,
      DecideOnComment,
      UndoDecision,
    ],
    stream: (command) => streams.comment(command.data.commentId),
    starts: (command) => STARTING.has(command.type),
    around: ForumFacts,
    asKept: commentInUnicode,
    needs: (facts: ForumFacts) => {
      return (command, state) => needsOf(command, state, facts);
    },
    actor: ({ type }) => (type === 'CommentJudged.v1' ? 'policy' : undefined),
    first: turnInSlowMode,
  }),
];

const STARTING: ReadonlySet<CommentCommand['type']> = new Set([
  'PostComment',
  'PostGuestComment',
  'ImportComment',
  'ImportPlaceholder',
]);

async function needsOf(command: CommentCommand, state: CommentState, facts: ForumFacts): Promise<CommentNeeds> {
  switch (command.type) {
    case 'PostComment':
      return both(placeOfComment(command.data, facts), authorOf(command, facts));
    case 'PostGuestComment':
      return both(placeOfComment(command.data, facts), guestOf(command, facts));
    case 'ImportComment':
    case 'ImportPlaceholder':
      return { ...(await placeOfComment(command.data, facts)), ...NOBODY };
    case 'EditComment': {
      const postId = state.facts?.postId;
      const discussion = postId === undefined ? NOWHERE.discussion : facts.discussion(postId);
      return both(placeIn(discussion, facts.surroundings(state.facts)), authorOf(command, facts));
    }
    case 'SetCommentLanguage':
      return speakerOf(command, state, facts);
    case 'UndoDecision':
      return { ...NOWHERE, ...(await writerOf(command, state, facts)) };
    case 'ClaimComment':
    case 'RemoveComment':
    case 'DecideOnComment':
      return { ...NOWHERE, ...NOBODY };
    default:
      return unreachable(command);
  }
}

type Place = Pick<CommentNeeds, 'post' | 'belowHidden' | 'discussion' | 'parent'>;
type Author = Omit<CommentNeeds, keyof Place>;

export const NOWHERE: Place = { post: null, belowHidden: false, discussion: discussionFacts.initial(), parent: null };

/** Both questions are asked in one turn, so a log on a server is asked once. */
async function both(place: Promise<Place>, author: Promise<Author>): Promise<CommentNeeds> {
  const [where, who] = await Promise.all([place, author]);
  return { ...where, ...who };
}

async function placeIn(
  asked: Place['discussion'] | Promise<Place['discussion']>,
  surrounding: Promise<Surroundings>,
): Promise<Place> {
  const [discussion, surroundings] = await Promise.all([asked, surrounding]);
  return { ...NOWHERE, ...surroundings, discussion };
}

export async function placeOfComment(
  { postId, parentId }: { readonly postId: string; readonly parentId: string | null },
  facts: ForumFacts,
): Promise<Place> {
  const [post, discussion, parent] = await Promise.all([
    facts.post(postId),
    facts.discussion(postId),
    parentId === null ? null : facts.comment(parentId),
  ]);
  return { post, belowHidden: false, discussion, parent };
}

async function authorOf({ data, meta: { now } }: PostComment | EditComment, facts: ForumFacts): Promise<Author> {
  const { memberId, roles } = data.by;
  const [inForce, stands] = [facts.policy(), facts.standing(memberId)];
  const asked = [
    stands,
    inForce,
    facts.record(memberId, { inForce, stands }, now),
    seenAside(data.body, TEXT_LIMITS.comment),
  ] as const;
  const [standing, policy, record, seenIn] = await Promise.all(asked);
  return { authorRoles: roles, standing, policy, record, seenIn };
}

/** Neither a policy nor an open discussion is asked for. */
async function speakerOf({ data }: SetCommentLanguage, state: CommentState, facts: ForumFacts): Promise<CommentNeeds> {
  const [surroundings, standing] = await Promise.all([
    facts.surroundings(state.facts),
    facts.standing(data.by.memberId),
  ]);
  return { ...NOWHERE, ...NOBODY, ...surroundings, standing };
}

/** A guest is new to the policy each time; the sanctions are those of the member who gave the same address. */
async function guestOf({ data, meta: { now } }: PostGuestComment, facts: ForumFacts): Promise<Author> {
  const { memberId, body } = data;
  const asked = [memberId === null ? standingFacts.initial() : facts.standing(memberId), facts.policy()] as const;
  const [standing, policy, seenIn] = await Promise.all([...asked, seenAside(body, TEXT_LIMITS.comment)]);
  return { ...NOBODY, standing, policy, seenIn, record: { ...NOBODY.record, registeredAt: now } };
}

/** The comment's author, where somebody else acts. */
async function writerOf({ meta }: UndoDecision, { facts: comment }: CommentState, facts: ForumFacts): Promise<Author> {
  const authorId = comment?.authorId ?? null;
  if (authorId === null) return NOBODY;
  const [inForce, stands] = [facts.policy(), facts.standing(authorId)];
  const asked = [facts.member(authorId), inForce, facts.record(authorId, { inForce, stands }, meta.now)] as const;
  const [writer, policy, record] = await Promise.all(asked);
  return { ...NOBODY, authorRoles: writer === null ? [] : rolesInForce(writer), policy, record };
}

/** The facts where no member writes: there are no sanctions, and no policy is asked. */
export const NOBODY: Author = {
  authorRoles: [],
  standing: standingFacts.initial(),
  policy: { version: 0, policy: FIRST_POLICY },
  record: { registeredAt: '', visibleComments: 0, isPremoderated: false, isConfirmed: true, earlier: [] },
  seenIn: seenInComment,
};

/** Two comments sent at once both see that the member may comment, but only one of them takes the turn. */
function turnInSlowMode(command: CommentCommand, { discussion }: CommentNeeds): TakeTurn | undefined {
  if (command.type !== 'PostComment' || isModerator(command.data.by.roles)) return undefined;
  const { settings, slowSince } = discussion;
  if (settings.slowModeSeconds === 0 || slowSince === null) return undefined;
  const { commentId, postId, by } = command.data;
  const name = turnName(postId, by.memberId);
  const everySeconds = settings.slowModeSeconds;
  const { memberId } = by;
  const commandId = deriveId(command.meta.commandId, 'turn');
  return new TakeTurn(
    { name, holder: commentId, postId, memberId, everySeconds, slowSince },
    { ...command.meta, commandId },
  );
}
