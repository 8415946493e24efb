import type { LetterMaker } from '../letter.ts';
import { Action, Note, Paragraph } from '../parts.tsx';
import { dayInWords, greetingOf } from '../words.ts';

/** Tells a member that its account is going to be erased, since somebody else may have asked for it. */
export const erasureLetter: LetterMaker<'erasure'> = {
  async compose({ data: { memberId, dueAt }, envelope }, ports) {
    const receiver = memberId === null ? null : await ports.member(memberId);
    if (receiver === null) return null;
    const { displayName: name, handle, email, locale: chosen } = receiver;
    const asked = { causeId: envelope.id, since: envelope.occurredAt, memberId: receiver.memberId };
    const token = await ports.stay(asked);
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
  },
};
