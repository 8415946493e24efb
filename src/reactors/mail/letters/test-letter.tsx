import type { LetterMaker } from '../letter.ts';
import { Action, Note, Paragraph } from '../parts.tsx';

/** What an admin asks for on the page of the outbox, to see whether mails arrive. */
export const testLetter: LetterMaker<'test'> = {
  async compose({ data }, ports) {
    const receiver = await ports.member(data.memberId);
    if (receiver === null) return null;
    const site = await ports.site();
    const { t, locale } = ports.words(receiver.locale);
    return {
      to: { name: receiver.displayName, address: receiver.email },
      locale,
      subject: t('test.subject', { site: site.name }),
      body: (
        <>
          <Paragraph>{t('greeting', { name: receiver.displayName })}</Paragraph>
          <Paragraph>{t('test.arrived', { site: site.name })}</Paragraph>
          <Action href={`${site.publicUrl}/admin/outbox`}>{t('test.open')}</Action>
          <Note>{t('test.nothingToDo')}</Note>
        </>
      ),
    };
  },
};
