import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { isUuid, trusted } from '../../../libs/kernel/index.ts';
import type { ForumEvent } from '../../domain/event-types.ts';

/** An event that causes a letter. */
export interface LetterCause<Type extends ForumEvent['type'] = ForumEvent['type']> {
  readonly type: Type;
  /**
   * What the mail's id is made of besides the event and the kind: the member who gets it, or another id where the
   * address stands in the event. One for each letter that the event causes.
   */
  readonly receiversOf: (event: RecordedEvent) => readonly string[];
}

/** An erasure that is due this soon is as good as begun, in milliseconds. */
const SOON_MS = 60_000;

type DataOf<Type extends ForumEvent['type']> = Extract<ForumEvent, { readonly type: Type }>['data'];

const listed = (receiver: string | null): readonly string[] => (receiver === null ? [] : [receiver]);

function cause<Type extends ForumEvent['type']>(
  type: Type,
  receiver: (data: DataOf<Type>, recordedAt: string) => string | null,
): LetterCause<Type> {
  return {
    type,
    receiversOf: (event) =>
      event.type === type ? listed(receiver(trusted<DataOf<Type>>(event.data), event.recordedAt)) : [],
  };
}

/** Each of those whom an issue was handed to. */
function readersOf(event: RecordedEvent): readonly string[] {
  if (event.type !== 'IssueHandedOver.v1') return [];
  return trusted<DataOf<'IssueHandedOver.v1'>>(event.data).subscriberIds;
}

/** Nobody is told who can take nothing back any more. */
function erasedLater({ memberId, dueAt }: DataOf<'ErasureRequested.v1'>, recordedAt: string): string | null {
  return Date.parse(dueAt) > Date.parse(recordedAt) + SOON_MS ? memberId : null;
}

/** Whoever took its account back is told that its erasure went with it. */
function ownerBack(event: RecordedEvent): readonly string[] {
  if (event.type !== 'ErasureTakenBack.v1') return [];
  return trusted<DataOf<'ErasureTakenBack.v1'>>(event.data).because === 'account' ? [event.actor] : [];
}

/** Whoever is given a role, or loses one, by another member is told; what the program itself does is set up by those who run it. */
function givenByAnother(event: RecordedEvent): readonly string[] {
  if (event.type !== 'MemberRolesChanged.v1' || !isUuid(event.actor)) return [];
  const { memberId } = trusted<DataOf<'MemberRolesChanged.v1'>>(event.data);
  return event.actor === memberId ? [] : [memberId];
}

/** Every kind of letter, by the events that cause it. What a letter says stands in `src/reactors/mail/letters`. */
export const LETTER_CAUSES = {
  link: [
    cause('LinkRequested.v1', ({ linkId, purpose }) => (purpose === 'way-back' || purpose === 'stay' ? null : linkId)),
  ],
  'way-in': [
    cause('MemberPasswordChanged.v1', ({ memberId }) => memberId),
    cause('ProviderLinked.v1', ({ memberId }) => memberId),
    cause('ProviderUnlinked.v1', ({ memberId }) => memberId),
    cause('SecondFactorTurnedOn.v1', ({ memberId }) => memberId),
    cause('SecondFactorTurnedOff.v1', ({ memberId }) => memberId),
    cause('PasskeyAdded.v1', ({ memberId }) => memberId),
    cause('PasskeyRemoved.v1', ({ memberId }) => memberId),
    cause('EmailChangeAsked.v1', ({ memberId }) => memberId),
    cause('EmailChanged.v1', ({ memberId }) => memberId),
  ],
  'recovery-codes': [cause('RecoveryCodesMade.v1', ({ memberId }) => memberId)],
  'recovery-used': [cause('RecoveryCodeUsed.v1', ({ memberId }) => memberId)],
  confirmed: [cause('EmailConfirmed.v1', ({ memberId }) => memberId)],
  membership: [
    cause('MemberApproved.v1', ({ memberId }) => memberId),
    cause('MemberRefused.v1', ({ memberId }) => memberId),
  ],
  roles: [{ type: 'MemberRolesChanged.v1', receiversOf: givenByAnother }],
  invitation: [cause('InvitationMade.v1', ({ invitationId }) => invitationId)],
  guest: [cause('GuestCommentSent.v1', ({ commentId }) => commentId)],
  subscription: [cause('SubscriptionAsked.v1', ({ subscriberId }) => subscriberId)],
  newsletter: [
    { type: 'IssueHandedOver.v1', receiversOf: readersOf },
    cause('IssueTested.v1', ({ memberId }) => memberId),
  ],
  erasure: [cause('ErasureRequested.v1', erasedLater), { type: 'ErasureTakenBack.v1', receiversOf: ownerBack }],
  told: [cause('MemberTold.v1', ({ memberId }) => memberId)],
  'mailed-reply': [cause('MailedReplyAnswered.v1', ({ memberId }) => memberId)],
  test: [cause('TestMailAsked.v1', ({ memberId }) => memberId)],
} as const satisfies Readonly<Record<string, readonly LetterCause[]>>;

export type LetterKind = keyof typeof LETTER_CAUSES;
/** The types of the events that cause letters of a kind. */
export type CauseType<Kind extends LetterKind> = (typeof LETTER_CAUSES)[Kind][number]['type'];

export function isLetterKind(kind: string): kind is LetterKind {
  return Object.hasOwn(LETTER_CAUSES, kind);
}

/** SQL: 1 for a mail that tells what is new. There may be thousands at once, and nobody waits for one with a page open. */
export const IS_TOLD = "(kind = 'told')";
