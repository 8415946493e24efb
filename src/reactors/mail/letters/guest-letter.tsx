import { isErased } from '../../../../libs/kernel/index.ts';
import type { LetterMaker } from '../letter.ts';
import { Action, Note, Paragraph } from '../parts.tsx';

/**
 * Asks the holder of an address whether a guest's comment is theirs. Nothing in it was written by the guest, since
 * anybody may have given the address: the page behind the link shows name and text.
 */
export const guestLetter: LetterMaker<'guest'> = {
  async compose({ data, personal }, ports) {
    if (isErased(personal)) return null;
    const token = await ports.issueGuestLink(data.commentId);
    if (token === null) return null;
    const { name: site, publicUrl } = await ports.site();
    const { t, locale } = ports.words(personal.locale);
    return {
      to: { name: '', address: personal.email },
      locale,
      subject: t('guest.subject', { site }),
      body: (
        <>
          <Paragraph>{t('guest.text', { site })}</Paragraph>
          <Action href={`${publicUrl}/confirm/${token}`}>{t('guest.open')}</Action>
          <Note>{t('guest.then')}</Note>
          <Note>{t('guest.until')}</Note>
          <Note>{t('guest.notYou')}</Note>
        </>
      ),
    };
  },
};
