import type { LetterMaker } from '../letter.ts';
import { Action, Note, Paragraph } from '../parts.tsx';
import { greetingOf } from '../words.ts';

/** What an admin asks for on the page of the outbox, to see whether mails arrive. */
export const testLetter: LetterMaker<'test'> = {
  async compose({ data }, ports) {
    const receiver = await ports.member(data.memberId);
    if (receiver === null) return null;
    const site = await ports.site();
    const words = ports.words(receiver.locale);
    const { t, locale } = words;
    return {
      to: { name: receiver.displayName, address: receiver.email },
      locale,
      subject: t('test.subject', { site: site.name }),
      body: (
        <>
          <Paragraph>{greetingOf(receiver, words)}</Paragraph>
          <Paragraph>{t(site.sends ? 'test.arrived' : 'test.filed', { site: site.name })}</Paragraph>
          <Action href={`${site.publicUrl}/admin/outbox`}>{t('test.open')}</Action>
          <Note>{t('test.nothingToDo')}</Note>
        </>
      ),
    };
  },
};
