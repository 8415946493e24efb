import { isErased } from '../../../../libs/kernel/index.ts';
import type { LetterMaker } from '../letter.ts';
import { Action, Paragraph } from '../parts.tsx';
import { greetingOf } from '../words.ts';

/** Tells a member who waited whether it was let in; the reason of a refusal is the moderator's own words. */
export const membershipLetter: LetterMaker<'membership'> = {
  async compose({ data, personal }, ports) {
    const receiver = await ports.member(data.memberId);
    if (receiver === null) return null;
    const { displayName: name, email } = receiver;
    const { name: site, publicUrl } = await ports.site();
    const words = ports.words(receiver.locale);
    const { t, locale } = words;
    const isRefused = personal !== null;
    const reason = personal === null || isErased(personal) ? '' : personal.reason;
    return {
      to: { name, address: email },
      locale,
      subject: t(isRefused ? 'membership.refusedSubject' : 'membership.subject', { site }),
      body: (
        <>
          <Paragraph>{greetingOf(receiver, words)}</Paragraph>
          <Paragraph>{t(isRefused ? 'membership.refused' : 'membership.approved', { site })}</Paragraph>
          {reason !== '' && <Paragraph>{t('membership.reason', { reason })}</Paragraph>}
          {!isRefused && <Action href={`${publicUrl}/sign-in`}>{t('membership.enter')}</Action>}
        </>
      ),
    };
  },
};
