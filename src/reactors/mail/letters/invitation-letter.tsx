import { isErased } from '../../../../libs/kernel/index.ts';
import type { LetterMaker } from '../letter.ts';
import { Action, Note, Paragraph } from '../parts.tsx';
import { dayInWords } from '../words.ts';

/** Brings an invitation to the address for which an admin made it, in the language that the admin chose, or that of the forum. */
export const invitationLetter: LetterMaker<'invitation'> = {
  async compose({ data, personal, envelope }, ports) {
    if (isErased(personal) || personal.email === null) return null;
    const token = await ports.issueInvitation(data.invitationId);
    if (token === null) return null;
    const { name: site, publicUrl, locale: ofForum, timeZone } = await ports.site();
    const { t, locale } = ports.words(data.locale ?? ofForum);
    const roles = data.roles.flatMap((role) => (role === 'member' ? [] : [t(`role.${role}`)]));
    const by = (await ports.member(envelope.actor))?.displayName ?? site;
    return {
      to: { name: '', address: personal.email },
      locale,
      subject: t('invitation.subject', { site }),
      about: [envelope.actor],
      body: (
        <>
          <Paragraph>{t('invitation.text', { by, site })}</Paragraph>
          {roles.length > 0 && <Paragraph>{t('invitation.roles', { roles: roles.join(', ') })}</Paragraph>}
          <Action href={`${publicUrl}/register?invitation=${token}`}>{t('invitation.open')}</Action>
          <Note>{t('invitation.until', { day: dayInWords(locale, data.expiresAt, timeZone) })}</Note>
          <Note>{t('invitation.notYou')}</Note>
        </>
      ),
    };
  },
};
