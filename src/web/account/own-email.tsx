import type { OwnMember } from '../../../libs/client/index.ts';
import { Done, type DoneAct } from '../shell/done.tsx';
import type { Frame } from '../shell/frame.ts';

export type OwnAddress = Pick<OwnMember, 'email' | 'emailConfirmed'>;

interface OwnEmailProps {
  readonly address: string;
  readonly isConfirmed: boolean;
  readonly frame: Frame;
  readonly done: DoneAct | null;
}

/** The member's address, whether it is confirmed, and how to confirm it. */
export function OwnEmail({ address, isConfirmed, frame, done }: OwnEmailProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <section class="part" aria-labelledby="email-title">
      <h2 id="email-title">{t('register.email')}</h2>
      {done === 'confirmationSent' && <Done done={done} translator={translator} />}
      <p>{t(isConfirmed ? 'settings.emailConfirmed' : 'settings.emailOpen', { email: address })}</p>
      {!isConfirmed && (
        <form class="form" method="post" action="/settings/confirmation">
          <div class="buttons">
            <button class="button quiet" type="submit">
              {t('settings.sendConfirmation')}
            </button>
          </div>
        </form>
      )}
    </section>
  );
}
