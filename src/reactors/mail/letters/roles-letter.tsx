import type { LetterMaker } from '../letter.ts';
import { Action, Paragraph } from '../parts.tsx';
import { greetingOf } from '../words.ts';

/** Tells a member which roles it has from now on, and what they are for. */
export const rolesLetter: LetterMaker<'roles'> = {
  async compose({ data }, ports) {
    const receiver = await ports.member(data.memberId);
    if (receiver === null || !receiver.emailConfirmed) return null;
    const { name: site, publicUrl } = await ports.site();
    const words = ports.words(receiver.locale);
    const { t, locale } = words;
    const given = data.roles.flatMap((role) => (role === 'member' ? [] : [role]));
    const named = given.map((role) => t(`role.${role}`)).join(', ');
    return {
      to: { name: receiver.displayName, address: receiver.email },
      locale,
      subject: t('roles.subject', { site }),
      body: (
        <>
          <Paragraph>{greetingOf(receiver, words)}</Paragraph>
          <Paragraph>{named === '' ? t('roles.none', { site }) : t('roles.now', { site, roles: named })}</Paragraph>
          {given.map((role) => (
            <Paragraph key={role}>{t(`roles.does.${role}`)}</Paragraph>
          ))}
          <Action href={publicUrl}>{t('roles.open')}</Action>
        </>
      ),
    };
  },
};
