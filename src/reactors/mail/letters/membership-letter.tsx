import { isErased } from '../../../../libs/kernel/index.ts';
import type { LetterMaker } from '../letter.ts';
import { Action, Paragraph } from '../parts.tsx';
import { greetingOf, type Words } from '../words.ts';

/** Tells a member who waited whether it was let in; the reason of a refusal is the moderator's own words. */
export const membershipLetter: LetterMaker<'membership'> = {
  async compose({ data, personal }, ports) {
    const receiver = await ports.member(data.memberId);
    if (receiver === null) return null;
    const { displayName: name, email } = receiver;
    const { name: site, publicUrl, shownOn } = await ports.site();
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
          {!isRefused && receiver.signsInHere && <Action href={`${publicUrl}/sign-in`}>{t('membership.enter')}</Action>}
          {!isRefused && !receiver.signsInHere && <WhereToWrite shownOn={shownOn} words={words} />}
        </>
      ),
    };
  },
};

/** Of several sites nobody knows the one that the member came from. */
function WhereToWrite({ shownOn, words: { t } }: { readonly shownOn: readonly string[]; readonly words: Words }) {
  const [only, ...others] = shownOn;
  return (
    <>
      <Paragraph>{t('membership.where')}</Paragraph>
      {only !== undefined && others.length === 0 && (
        <Action href={only}>{t('membership.open', { host: new URL(only).host })}</Action>
      )}
    </>
  );
}
