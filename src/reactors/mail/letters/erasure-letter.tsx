import type { Cause, Letter, LetterMaker, LetterPorts, Receiver } from '../letter.ts';
import { Action, Note, Paragraph } from '../parts.tsx';
import { dayInWords, greetingOf } from '../words.ts';

/** Tells a member that its account is going to be erased, since somebody else may have asked for it, or that it is not after all. */
export const erasureLetter: LetterMaker<'erasure'> = {
  async compose(cause, ports) {
    const isBack = cause.type === 'ErasureTakenBack.v1';
    const memberId = isBack ? cause.envelope.actor : cause.data.memberId;
    const receiver = memberId === null ? null : await ports.member(memberId);
    if (receiver === null) return null;
    return isBack ? backLetter(receiver, ports) : dueLetter(cause, receiver, ports);
  },
};

async function dueLetter(
  { data: { dueAt }, envelope }: Extract<Cause<'erasure'>, { readonly type: 'ErasureRequested.v1' }>,
  receiver: Receiver,
  ports: LetterPorts,
): Promise<Letter> {
  const { displayName: name, handle, email, locale: chosen, memberId } = receiver;
  const token = await ports.stay({ causeId: envelope.id, since: envelope.occurredAt, memberId });
  const { name: site, publicUrl, timeZone } = await ports.site();
  const words = ports.words(chosen);
  const { t, locale } = words;
  const date = dayInWords(locale, dueAt, timeZone);
  return {
    to: { name, address: email },
    locale,
    subject: t('erasure.subject', { site }),
    body: (
      <>
        <Paragraph>{greetingOf(receiver, words)}</Paragraph>
        <Paragraph>{t('erasure.text', { site, handle, date })}</Paragraph>
        <Action href={token === null ? `${publicUrl}/settings/data` : `${publicUrl}/stay/${token}`}>
          {t('erasure.takeBack')}
        </Action>
        {token !== null && <Note>{t('erasure.link')}</Note>}
        <Paragraph>{t('erasure.notYou')}</Paragraph>
        <Action href={`${publicUrl}/forgot?next=%2Fsettings%2Fdata`}>{t('erasure.forgot')}</Action>
      </>
    ),
  };
}

async function backLetter(receiver: Receiver, ports: LetterPorts): Promise<Letter> {
  const { displayName: name, handle, email, locale: chosen } = receiver;
  const { name: site, publicUrl } = await ports.site();
  const words = ports.words(chosen);
  const { t, locale } = words;
  return {
    to: { name, address: email },
    locale,
    subject: t('erasure.backSubject', { site }),
    body: (
      <>
        <Paragraph>{greetingOf(receiver, words)}</Paragraph>
        <Paragraph>{t('erasure.backText', { site, handle })}</Paragraph>
        <Action href={`${publicUrl}/settings/data`}>{t('erasure.backOpen')}</Action>
      </>
    ),
  };
}
