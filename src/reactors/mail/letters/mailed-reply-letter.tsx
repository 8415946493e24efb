import type { MailedReplyAnswer } from '../../../../libs/words/index.ts';
import type { LetterMaker } from '../letter.ts';
import { Action, Note, Paragraph } from '../parts.tsx';
import { greetingOf, type Words } from '../words.ts';

/** Tells a member why a mail that answered a comment is no comment, or that its attachments are not shown. */
export const mailedReplyLetter: LetterMaker<'mailed-reply'> = {
  async compose({ data: { memberId, commentId, answer } }, ports) {
    const receiver = await ports.member(memberId);
    if (receiver === null || !receiver.emailConfirmed) return null;
    const { name: site, publicUrl } = await ports.site();
    const place = await ports.commentPlace(commentId, memberId);
    const words = ports.words(receiver.locale);
    const { t, locale } = words;
    const isPosted = answer === 'attachments';
    return {
      to: { name: receiver.displayName, address: receiver.email },
      locale,
      subject: t(isPosted ? 'mailedReply.postedSubject' : 'mailedReply.subject', { site }),
      body: (
        <>
          <Paragraph>{greetingOf(receiver, words)}</Paragraph>
          <Paragraph>{reasonOf(answer, words)}</Paragraph>
          {place !== null && (
            <Action href={`${publicUrl}/posts/${place.slug}#comment-${commentId}`}>{t('mailedReply.open')}</Action>
          )}
          {!isPosted && <Note>{t('mailedReply.kept')}</Note>}
        </>
      ),
    };
  },
};

function reasonOf(answer: MailedReplyAnswer, { t }: Words): string {
  switch (answer) {
    case 'closed':
      return t('mailedReply.closed');
    case 'too-long':
      return t('mailedReply.tooLong');
    case 'empty':
      return t('mailedReply.empty');
    case 'expired':
      return t('mailedReply.expired');
    case 'sanction':
      return t('mailedReply.sanction');
    case 'too-fast':
      return t('mailedReply.tooFast');
    case 'gone':
      return t('mailedReply.gone');
    case 'refused':
      return t('mailedReply.refused');
    case 'attachments':
      return t('mailedReply.attachments');
    default:
      return answer satisfies never;
  }
}
