import type { LetterMaker } from '../letter.ts';
import { Action, Note, Paragraph } from '../parts.tsx';

/** Tells a member that its account is going to be erased, since somebody else may have asked for it. */
export const erasureLetter: LetterMaker<'erasure'> = {
  async compose({ data: { memberId, dueAt } }, ports) {
    const receiver = memberId === null ? null : await ports.member(memberId);
    if (receiver === null) return null;
    const { displayName: name, handle, email, locale: chosen } = receiver;
    const { name: site, publicUrl } = await ports.site();
    const { t, locale } = ports.words(chosen);
    const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(dueAt));
    return {
      to: { name, address: email },
      locale,
      subject: t('erasure.subject', { site }),
      body: (
        <>
          <Paragraph>{t('greeting', { name })}</Paragraph>
          <Paragraph>{t('erasure.text', { site, handle, date })}</Paragraph>
          <Action href={`${publicUrl}/settings/data`}>{t('erasure.takeBack')}</Action>
          <Note>{t('erasure.notYou')}</Note>
        </>
      ),
    };
  },
};
