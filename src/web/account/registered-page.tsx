import type { OwnMember } from '../../../libs/client/index.ts';
import type { LetterState } from '../../access/sign-in/told-letters.ts';
import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import type { Frame } from '../shell/frame.ts';
import type { Translator } from '../shell/i18n/translate.ts';
import { ForPage } from './for-page.tsx';
import { namedRoles } from './named-roles.ts';

interface RegisteredPageProps {
  readonly frame: Frame;
  readonly member: Pick<OwnMember, 'handle' | 'email' | 'emailConfirmed' | 'state' | 'roles'>;
  /** Null where that is not known any more. */
  readonly mail: LetterState | null;
  /** The path of this forum to go to afterwards. */
  readonly next: string;
}

interface LetterProps extends Pick<RegisteredPageProps, 'mail'> {
  readonly email: string;
  readonly translator: Translator;
}

/**
 * Tells somebody new of the mail on its way, with the address as it was typed, unless an invitation's mail has proved it, or
 * that none went; and whoever waits what comes next.
 */
export function RegisteredPage({ frame, member, mail, next }: RegisteredPageProps) {
  const { handle, email, emailConfirmed, state } = member;
  const roles = namedRoles(member.roles, frame.translator);
  const { t } = frame.translator;
  const waits = email === null ? t('error.membership_waiting') : t('register.waitsNext', { email });
  return (
    <Document frame={frame} title={t('register.title')} tellsMembership={state === 'waiting'}>
      <div class="narrow">
        <h1>{t('register.title')}</h1>
        <ForPage next={next} translator={frame.translator} />
        <DoneText text={t('register.done', { handle })} />
        <div class="form">
          {roles !== '' && <p>{t('register.asRoles', { roles })}</p>}
          {email !== null && !emailConfirmed && <Letter email={email} mail={mail} translator={frame.translator} />}
          {state === 'waiting' && <p class="notice">{waits}</p>}
          <p class="buttons">
            <a class="button" href={next}>
              {t('register.goOn')}
            </a>
          </p>
        </div>
      </div>
    </Document>
  );
}

function Letter({ email, mail, translator: { t } }: LetterProps) {
  if (mail === 'sent') return <p>{t('register.mailed', { email })}</p>;
  return (
    <>
      <p class="notice">{t(mail === 'later' ? 'register.notMailed' : 'settings.emailOpen', { email })}</p>
      <p>
        <a href="/settings">{t('nav.settings')}</a>
      </p>
    </>
  );
}
