import type { LetterMaker } from '../letter.ts';
import { Action, Note, Paragraph } from '../parts.tsx';
import { greetingOf } from '../words.ts';

/** Tells whoever reads the mails of an address that several accounts gave which of them it signs in now. */
export const confirmedLetter: LetterMaker<'confirmed'> = {
  async compose({ data }, ports) {
    const receiver = await ports.member(data.memberId);
    if (receiver === null || !(await ports.isShared(receiver.email))) return null;
    const { displayName: name, handle, email } = receiver;
    const { name: site, publicUrl } = await ports.site();
    const words = ports.words(receiver.locale);
    const { t, locale } = words;
    return {
      to: { name, address: email },
      locale,
      subject: t('confirmed.subject', { site }),
      body: (
        <>
          <Paragraph>{greetingOf(receiver, words)}</Paragraph>
          <Paragraph>{t('confirmed.text', { site, handle, email })}</Paragraph>
          <Note>{t('confirmed.others')}</Note>
          <Action href={`${publicUrl}/forgot`}>{t('confirmed.notYou')}</Action>
        </>
      ),
    };
  },
};
