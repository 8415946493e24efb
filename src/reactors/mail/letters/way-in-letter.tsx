import { isErased, isUuid } from '../../../../libs/kernel/index.ts';
import type { Cause, Letter, LetterMaker, LetterPorts, Receiver } from '../letter.ts';
import { Action, Note, Paragraph } from '../parts.tsx';
import { greetingOf, minuteInWords, type Words } from '../words.ts';

type Told = Parameters<Words['t']>[0];

/** A change of a way to sign in, as its owner is told of it. */
interface ToldChange {
  readonly told: Told;
  readonly subject?: Told;
  readonly provider?: string;
  /** The address that the change took away, which is told in place of the new one. */
  readonly former?: string;
  readonly hasWayBack?: boolean;
}

/** Tells of each change of a way to sign in, with a link by which the owner takes the account back. */
export const wayInLetter: LetterMaker<'way-in'> = {
  async compose(cause, ports) {
    const change = changeIn(cause);
    const { occurredAt } = cause.envelope;
    const receiver = change === null ? null : await ports.memberThen(cause.data.memberId, occurredAt);
    if (change === null || receiver === null) return null;
    const isStrangers = cause.type === 'EmailChangeAsked.v1' && !receiver.emailConfirmed;
    return letterOf(isStrangers ? { ...change, hasWayBack: false } : change, cause, { receiver, ports });
  },
};

/** Tells of recovery codes that were made anew; those that come with a second factor are told with it. */
export const recoveryCodesLetter: LetterMaker<'recovery-codes'> = {
  async compose(cause, ports) {
    const receiver = await ports.memberThen(cause.data.memberId, cause.envelope.occurredAt);
    const isNone = isErased(cause.personal) || cause.personal.hashes.length === 0;
    if (receiver === null || isNone || receiver.secondFactorsFrom.includes(cause.envelope.occurredAt)) return null;
    return letterOf({ told: 'wayIn.codes' }, cause, { receiver, ports });
  },
};

/** Tells of a recovery code that was used, since whoever found the list signs in with it. */
export const recoveryUsedLetter: LetterMaker<'recovery-used'> = {
  async compose(cause, ports) {
    const receiver = await ports.memberThen(cause.data.memberId, cause.envelope.occurredAt);
    if (receiver === null) return null;
    return letterOf({ told: 'wayIn.codeUsed', subject: 'wayIn.codeUsedSubject' }, cause, { receiver, ports });
  },
};

async function letterOf(
  { told, subject = 'wayIn.subject', provider = '', former, hasWayBack = true }: ToldChange,
  { envelope }: Cause<'way-in' | 'recovery-codes' | 'recovery-used'>,
  { receiver, ports }: { readonly receiver: Receiver; readonly ports: LetterPorts },
): Promise<Letter> {
  const { displayName: name, handle, memberId, email } = receiver;
  const { id: causeId, occurredAt: since } = envelope;
  const token = hasWayBack ? await ports.wayBack({ causeId, since, memberId }) : null;
  const { name: site, publicUrl, timeZone } = await ports.site();
  const words = ports.words(receiver.locale);
  const { t, locale } = words;
  const greeted = former === undefined ? receiver : { ...receiver, emailConfirmed: hasWayBack };
  return {
    to: { name, address: former ?? email },
    locale,
    subject: t(subject, { site }),
    body: (
      <>
        <Paragraph>{greetingOf(greeted, words)}</Paragraph>
        <Paragraph>{t(told, { site, handle, provider, time: minuteInWords(locale, since, timeZone) })}</Paragraph>
        <Note>{t('wayIn.you')}</Note>
        {token !== null && (
          <>
            <Paragraph>{t('wayIn.notYou')}</Paragraph>
            <Action href={`${publicUrl}/reset/${token}`}>{t('wayIn.back')}</Action>
            <Note>{t('wayIn.until')}</Note>
          </>
        )}
      </>
    ),
  };
}

/** Null for a provider that the member came from: nothing was changed then. */
function changeIn(cause: Cause<'way-in'>): ToldChange | null {
  switch (cause.type) {
    case 'MemberPasswordChanged.v1':
      return { told: 'wayIn.password' };
    case 'ProviderLinked.v1':
      return cause.envelope.revision <= 1n ? null : { told: 'wayIn.linked', provider: cause.data.provider };
    case 'ProviderUnlinked.v1':
      return { told: 'wayIn.unlinked', provider: cause.data.provider };
    case 'SecondFactorTurnedOn.v1':
      return { told: 'wayIn.factorOn' };
    case 'SecondFactorTurnedOff.v1':
      return { told: isByAdmin(cause) ? 'wayIn.factorOffByAdmin' : 'wayIn.factorOff' };
    case 'PasskeyAdded.v1':
      return { told: 'wayIn.passkeyAdded' };
    case 'PasskeyRemoved.v1':
      return { told: 'wayIn.passkeyRemoved' };
    case 'EmailChangeAsked.v1':
      return { told: 'wayIn.emailAsked', subject: 'wayIn.emailAskedSubject' };
    case 'EmailChanged.v1':
      return changeOfAddress(cause);
    default:
      return cause satisfies never;
  }
}

/** An admin turns it off for somebody who lost the phone and the codes. */
function isByAdmin({ envelope: { actor }, data }: Cause<'way-in'>): boolean {
  return isUuid(actor) && actor !== data.memberId;
}

/**
 * An address that nobody confirmed may be a stranger's, who gets no way into the account; nor does the address that a way
 * back took away, since the older owner wins.
 */
function changeOfAddress({ data, personal }: Extract<Cause<'way-in'>, { readonly type: 'EmailChanged.v1' }>) {
  if (isErased(personal) || personal.former === null) return null;
  if (data.takenBack) return { told: 'wayIn.takenBack', former: personal.former, hasWayBack: false } as const;
  return { told: 'wayIn.email', former: personal.former, hasWayBack: data.formerConfirmed } as const;
}
