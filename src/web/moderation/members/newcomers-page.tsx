import type { OwnMember } from '../../../../libs/client/index.ts';
import type { WaitingMember } from '../../../acts/admitting.ts';
import { DoneText } from '../../shell/done.tsx';
import { TextField } from '../../shell/fields.tsx';
import { FormFrame, Submit } from '../../shell/form-frame.tsx';
import type { Frame } from '../../shell/frame.ts';
import { TimeAgo } from '../../shell/time-ago.tsx';
import { HeldBy } from '../held-by.tsx';
import { ModerationPage } from '../moderation-page.tsx';
import { HeldRoles, mayLetIn } from './held-roles.tsx';
import { LetIn } from './let-in.tsx';

/** A member who was just let in, or refused. */
export type Decided = Pick<OwnMember, 'displayName' | 'state'>;

interface NewcomersProps {
  readonly frame: Frame;
  readonly newcomers: readonly WaitingMember[];
  readonly decided: Decided | null;
}

function DecidedLine({ frame, decided }: Pick<NewcomersProps, 'frame' | 'decided'>) {
  if (decided === null || decided.state === 'waiting') return null;
  const key = decided.state === 'active' ? 'newcomers.letIn' : 'newcomers.refused';
  return <DoneText text={frame.translator.t(key, { name: decided.displayName })} />;
}

/** The members who wait, longest first, each with both answers. */
export function NewcomersPage({ frame, newcomers, decided }: NewcomersProps) {
  const { t } = frame.translator;
  return (
    <ModerationPage frame={frame} title={t('newcomers.title')}>
      <h1>{t('newcomers.title')}</h1>
      <DecidedLine frame={frame} decided={decided} />
      {newcomers.length === 0 ? (
        <p class="hint">{t('newcomers.none')}</p>
      ) : (
        <>
          <p class="lead">{t('newcomers.intro')}</p>
          <ul class="lines newcomers">
            {newcomers.map((newcomer) => (
              <Waiting key={newcomer.id} frame={frame} newcomer={newcomer} />
            ))}
          </ul>
        </>
      )}
    </ModerationPage>
  );
}

function Waiting({ frame, newcomer }: { readonly frame: Frame; readonly newcomer: WaitingMember }) {
  const { translator, now } = frame;
  const { t } = translator;
  const { id, handle, displayName, createdAt, email, emailConfirmed, heldBy, heldRoles } = newcomer;
  const action = `/moderation/newcomers/${id}`;
  return (
    <li>
      <a href={`/moderation/members/${encodeURIComponent(handle)}`}>{displayName}</a>{' '}
      <span class="hint" dir="ltr">
        @{handle}
      </span>{' '}
      <TimeAgo at={createdAt} translator={translator} now={now} />
      <p class="hint">
        {email && (
          <>
            <bdi>{email}</bdi> ·{' '}
          </>
        )}
        {t(emailConfirmed ? 'newcomers.confirmed' : 'newcomers.unconfirmed')}
      </p>
      {heldBy.length > 0 && (
        <ul class="lines">
          {heldBy.map((rule) => (
            <li key={rule}>
              <HeldBy rule={rule} translator={translator} />
            </li>
          ))}
        </ul>
      )}
      <HeldRoles frame={frame} roles={heldRoles} />
      {mayLetIn({ frame, roles: heldRoles }) && <LetIn action={action} translator={translator} />}
      <details class="settings">
        <summary>{t('newcomers.refuse')}</summary>
        <FormFrame
          action={action}
          translator={translator}
          hidden={{ state: 'refused' }}
          buttons={<Submit label={t('newcomers.refuse')} danger />}
        >
          <TextField
            name="reason"
            id={`reason-${id}`}
            label={t('newcomers.reason')}
            optional={t('form.optional')}
            value=""
            required={false}
            errors={{}}
          />
        </FormFrame>
      </details>
    </li>
  );
}
