import type { OwnMember } from '../../../libs/client/index.ts';
import { Done, type DoneAct } from '../shell/done.tsx';
import { TextField } from '../shell/fields.tsx';
import { FormFrame } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { PostForm } from '../shell/post-form.tsx';
import { formState, type RefusedForm } from '../shell/refused-form.ts';

export interface OwnAddress extends Pick<OwnMember, 'email' | 'emailConfirmed' | 'pendingEmail'> {
  /** Whether the sign-in was long ago, so that the password is asked for again. */
  readonly asksPassword: boolean;
}

interface OwnEmailProps {
  readonly address: OwnAddress;
  readonly frame: Frame;
  readonly refused: RefusedForm | null;
  readonly done: DoneAct | null;
}

/** The acts that are told beside the address. */
export const ADDRESS_ACTS: readonly (DoneAct | null)[] = ['confirmationSent', 'emailAsked', 'emailDropped'];

/** The member's address, whether it is confirmed, how to confirm it, and how to get another one. */
export function OwnEmail({ address, frame, refused, done }: OwnEmailProps) {
  const { translator } = frame;
  const { t } = translator;
  const { email, emailConfirmed: isConfirmed, pendingEmail } = address;
  return (
    <section class="part" aria-labelledby="email-title">
      <h2 id="email-title">{t('register.email')}</h2>
      {ADDRESS_ACTS.includes(done) && <Done done={done} translator={translator} />}
      <p>
        {email ? t(isConfirmed ? 'settings.emailConfirmed' : 'settings.emailOpen', { email }) : t('settings.noEmail')}
      </p>
      {email && !isConfirmed && (
        <PostForm class="form" action="/settings/confirmation">
          <div class="buttons">
            <button class="button quiet" type="submit">
              {t('settings.sendConfirmation')}
            </button>
          </div>
        </PostForm>
      )}
      {pendingEmail !== undefined && (
        <PostForm class="form" action="/settings/email">
          <p>{t('settings.emailPending', { email: pendingEmail })}</p>
          <div class="buttons">
            <button class="button quiet" type="submit" name="act" value="drop">
              {t('settings.dropEmail')}
            </button>
          </div>
        </PostForm>
      )}
      <NewEmail address={address} frame={frame} refused={refused} />
    </section>
  );
}

function NewEmail({ address, frame, refused }: Omit<OwnEmailProps, 'done'>) {
  const { translator } = frame;
  const { t } = translator;
  const { typed, errors } = formState(refused, 'email');
  return (
    <FormFrame
      action="/settings/email"
      translator={translator}
      errors={errors}
      buttons={
        <button class="button quiet" type="submit">
          {t('settings.changeEmail')}
        </button>
      }
    >
      <TextField
        name="email"
        type="email"
        label={t('settings.newEmail')}
        hint={t('settings.newEmailHint')}
        value={typed['email'] ?? ''}
        autocomplete="email"
        errors={errors}
      />
      {address.asksPassword && (
        <TextField
          name="currentPassword"
          id="email-password"
          type="password"
          label={t('fresh.password')}
          hint={t('fresh.hint')}
          value=""
          autocomplete="current-password"
          errors={errors}
        />
      )}
    </FormFrame>
  );
}
