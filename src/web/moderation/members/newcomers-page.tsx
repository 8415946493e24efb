import type { MemberAuthor } from '../../../../libs/client/index.ts';
import { TextField } from '../../shell/fields.tsx';
import { FormFrame, Submit } from '../../shell/form-frame.tsx';
import type { Frame } from '../../shell/frame.ts';
import { TimeAgo } from '../../shell/time-ago.tsx';
import { ModerationPage } from '../moderation-page.tsx';

/** A member who waits to be let in. */
export interface Newcomer extends MemberAuthor {
  readonly createdAt: string;
}

/** The members who wait, longest first, each with both answers. */
export function NewcomersPage(props: { readonly frame: Frame; readonly newcomers: readonly Newcomer[] }) {
  const { frame, newcomers } = props;
  const { t } = frame.translator;
  return (
    <ModerationPage frame={frame} title={t('newcomers.title')}>
      <h1>{t('newcomers.title')}</h1>
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

function Waiting({ frame, newcomer }: { readonly frame: Frame; readonly newcomer: Newcomer }) {
  const { translator, now } = frame;
  const { t } = translator;
  const { id, handle, displayName, createdAt } = newcomer;
  const action = `/moderation/newcomers/${id}`;
  return (
    <li>
      <a href={`/moderation/members/${encodeURIComponent(handle)}`}>{displayName}</a>{' '}
      <span class="hint" dir="ltr">
        @{handle}
      </span>{' '}
      <TimeAgo at={createdAt} translator={translator} now={now} />
      <FormFrame
        action={action}
        translator={translator}
        hidden={{ state: 'active' }}
        buttons={<Submit label={t('newcomers.approve')} />}
      >
        {null}
      </FormFrame>
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
            value=""
            required={false}
            errors={{}}
          />
        </FormFrame>
      </details>
    </li>
  );
}
