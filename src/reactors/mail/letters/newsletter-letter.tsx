import type { Letter, LetterMaker, LetterPorts } from '../letter.ts';
import { Action, Note } from '../parts.tsx';

/** An issue of the newsletter, for one reader, or for the editor who tests it. */
export const newsletterLetter: LetterMaker<'newsletter'> = {
  compose(cause, ports) {
    const { postId } = cause.data;
    return cause.type === 'IssueTested.v1'
      ? toEditor(postId, cause.data.memberId, ports)
      : toReader(postId, ports.receiver, ports);
  },
};

async function toReader(postId: string, subscriberId: string, ports: LetterPorts): Promise<Letter | null> {
  const reader = await ports.subscriber(subscriberId);
  if (reader === null) return null;
  const { publicUrl } = await ports.site();
  const leave = `${publicUrl}/leave/${ports.leaveNewsletter(subscriberId)}`;
  return letterOf(postId, { ...reader, leave }, ports);
}

async function toEditor(postId: string, memberId: string, ports: LetterPorts): Promise<Letter | null> {
  const member = await ports.member(memberId);
  return member && letterOf(postId, { email: member.email, locale: member.locale, leave: null }, ports);
}

interface Addressed {
  readonly email: string;
  readonly locale: string;
  readonly leave: string | null;
}

/** Null for a post that readers do not see any more. */
async function letterOf(
  postId: string,
  { email, locale, leave }: Addressed,
  ports: LetterPorts,
): Promise<Letter | null> {
  const issue = await ports.issue(postId);
  if (issue === null) return null;
  const { name: site } = await ports.site();
  const { t, locale: language } = ports.words(locale);
  return {
    to: { name: '', address: email },
    locale: language,
    subject: issue.title,
    article: issue.article,
    isOld: issue.isOld,
    ...(leave === null ? {} : { leave }),
    body: (
      <>
        <Action href={issue.url}>{t('issue.open')}</Action>
        {leave === null ? (
          <Note>{t('issue.test')}</Note>
        ) : (
          <>
            <Note>{t('issue.why', { site })}</Note>
            <Note>
              <a href={leave}>{t('issue.leave')}</a>
            </Note>
          </>
        )}
      </>
    ),
  };
}
