import { isErased } from '../../../../libs/kernel/index.ts';
import type { LetterMaker } from '../letter.ts';
import { Action, Note, Paragraph } from '../parts.tsx';

/** Asks the holder of an address whether the newsletter is wanted: anybody may have given the address. */
export const subscriptionLetter: LetterMaker<'subscription'> = {
  async compose({ data, personal }, ports) {
    if (isErased(personal)) return null;
    const token = await ports.issueSubscriptionLink(data.subscriberId, data.askId);
    if (token === null) return null;
    const { name: site, publicUrl } = await ports.site();
    const { t, locale } = ports.words(personal.locale);
    return {
      to: { name: '', address: personal.email },
      locale,
      subject: t('subscription.subject', { site }),
      body: (
        <>
          <Paragraph>{t('subscription.text', { site })}</Paragraph>
          <Action href={`${publicUrl}/confirm/${token}`}>{t('subscription.open')}</Action>
          <Note>{t('subscription.until')}</Note>
          <Note>{t('subscription.notYou')}</Note>
        </>
      ),
    };
  },
};
