import type { Cause, LetterMaker } from '../letter.ts';
import { Action, Note, Paragraph } from '../parts.tsx';
import type { Words } from '../words.ts';

type Told = Parameters<Words['t']>[0];

/** Tells of each change of a way to sign in, with a link by which the owner takes the account back. */
export const wayInLetter: LetterMaker<'way-in'> = {
  async compose(cause, ports) {
    const change = changeIn(cause);
    const receiver = change === null ? null : await ports.member(cause.data.memberId);
    if (change === null || receiver === null) return null;
    const { displayName: name, handle, memberId, email } = receiver;
    const { id: causeId, occurredAt: since } = cause.envelope;
    const token = await ports.wayBack({ causeId, since, memberId });
    const { name: site, publicUrl } = await ports.site();
    const { t, locale } = ports.words(receiver.locale);
    return {
      to: { name, address: email },
      locale,
      subject: t('wayIn.subject', { site }),
      body: (
        <>
          <Paragraph>{t('greeting', { name })}</Paragraph>
          <Paragraph>{t(change.told, { site, handle, provider: change.provider, time: minuteOf(since) })}</Paragraph>
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
  },
};

/** Null for a provider that the member came from: nothing was changed then. */
function changeIn(cause: Cause<'way-in'>): { readonly told: Told; readonly provider: string } | null {
  switch (cause.type) {
    case 'MemberPasswordChanged.v1':
      return { told: 'wayIn.password', provider: '' };
    case 'ProviderLinked.v1':
      return cause.envelope.revision <= 1n ? null : { told: 'wayIn.linked', provider: cause.data.provider };
    case 'ProviderUnlinked.v1':
      return { told: 'wayIn.unlinked', provider: cause.data.provider };
    case 'SecondFactorTurnedOn.v1':
      return { told: 'wayIn.factorOn', provider: '' };
    case 'SecondFactorTurnedOff.v1':
      return { told: 'wayIn.factorOff', provider: '' };
    case 'PasskeyAdded.v1':
      return { told: 'wayIn.passkeyAdded', provider: '' };
    case 'PasskeyRemoved.v1':
      return { told: 'wayIn.passkeyRemoved', provider: '' };
    default:
      return cause satisfies never;
  }
}

/** `2026-11-26 08:05 UTC`, which people of all languages read. */
function minuteOf(moment: string): string {
  return `${moment.slice(0, 16).replace('T', ' ')} UTC`;
}
