import { isErased } from '../../../../libs/kernel/index.ts';
import type { LinkRequested } from '../../../domain/link/link.events.ts';
import type { Letter, LetterMaker, LetterPorts, Receiver } from '../letter.ts';
import { Action, Note, Paragraph } from '../parts.tsx';
import { greetingOf } from '../words.ts';

/** The purposes that have a letter of their own; the letters that tell of a change or an erasure bring the way back along. */
type MailedPurpose = Exclude<LinkRequested['data']['purpose'], 'way-back' | 'stay'>;

/** Where the link of each purpose leads to, before its secret. */
const PATHS: Readonly<Record<MailedPurpose, string>> = {
  confirm: '/confirm/',
  reset: '/reset/',
  'sign-in': '/sign-in/link/',
  'change-email': '/confirm/',
};

/** The link that somebody asked for. */
export const linkLetter: LetterMaker<'link'> = {
  async compose({ data, personal }, ports) {
    const { linkId, purpose } = data;
    if (purpose === 'way-back' || purpose === 'stay' || isErased(personal)) return null;
    const receiver = await receiverOf(personal, ports);
    // Issued for nobody as well, so that the log's positions do not tell whose address has an account.
    const token = await ports.issueLink(linkId, receiver?.memberId ?? null);
    if (receiver === null || token === null) return null;
    return letterFor(purpose, receiver, { token, ports });
  },
};

function receiverOf({ memberId, email }: LinkRequested['personal'], ports: LetterPorts): Promise<Receiver | null> {
  if (memberId !== null) return ports.member(memberId, email ?? undefined);
  return email === null ? Promise.resolve(null) : ports.memberAt(email);
}

async function letterFor(
  purpose: MailedPurpose,
  receiver: Receiver,
  { token, ports }: { readonly token: string; readonly ports: LetterPorts },
): Promise<Letter> {
  const { name: site, publicUrl } = await ports.site();
  const { handle, email, emailConfirmed } = receiver;
  const words = ports.words(receiver.locale);
  const { t, locale } = words;
  return {
    to: { name: handle, address: email },
    locale,
    subject: t(`link.${purpose}.subject`, { site }),
    body: (
      <>
        <Paragraph>{greetingOf(receiver, words)}</Paragraph>
        <Paragraph>{t(`link.${purpose}.text`, { site, handle })}</Paragraph>
        <Action href={`${publicUrl}${PATHS[purpose]}${token}`}>{t(`link.${purpose}.open`)}</Action>
        <Note>{t(`link.${purpose}.until`)}</Note>
        {purpose === 'reset' && !emailConfirmed && <Note>{t('link.reset.unconfirmed')}</Note>}
        <Note>{t(`link.${purpose}.notYou`)}</Note>
      </>
    ),
  };
}
