import type { Erasure, OwnMember } from '../../../../libs/client/index.ts';
import { Done, type DoneAct } from '../../shell/done.tsx';
import { ErasureChoices, PendingErasure, shownState, WhatGoes } from '../../shell/erasure-parts.tsx';
import type { FieldErrors } from '../../shell/fields.tsx';
import { Cancel, FormFrame, Submit } from '../../shell/form-frame.tsx';
import type { Frame } from '../../shell/frame.ts';
import { FreshPasswordField } from '../../shell/fresh-password.tsx';
import type { Typed } from '../../shell/typed.ts';
import { AdminPage } from '../admin-frame.tsx';

export interface MemberErasureProps {
  readonly frame: Frame;
  readonly member: Pick<OwnMember, 'id' | 'handle' | 'displayName'>;
  /** The one that was asked for already; null for none. */
  readonly erasure: Erasure | null;
  /** What was chosen with the first press, which the second one confirms; null before it. */
  readonly chosen: (Pick<Erasure, 'comments'> & { readonly immediately: boolean }) | null;
  readonly days: number;
  readonly asksPassword: boolean;
  readonly typed: Typed;
  readonly errors: FieldErrors;
  readonly done: DoneAct | null;
}

/** The first press, which erases nothing. */
function EraseMember({ frame, member, days, typed, errors }: MemberErasureProps) {
  const { translator } = frame;
  return (
    <FormFrame
      action={`/admin/members/${member.id}/erasure`}
      translator={translator}
      errors={errors}
      buttons={<Submit label={translator.t('erase.goOn')} />}
    >
      <WhatGoes translator={translator} />
      <ErasureChoices days={days} typed={typed} translator={translator} />
    </FormFrame>
  );
}

/** The second press, below what was chosen and what it does. */
function Confirm(props: MemberErasureProps & { readonly chosen: NonNullable<MemberErasureProps['chosen']> }) {
  const { frame, member, chosen, days, asksPassword, errors } = props;
  const { translator } = frame;
  const { t } = translator;
  const { comments, immediately } = chosen;
  const path = `/admin/members/${member.id}/erasure`;
  const buttons = (
    <>
      <Submit label={t('erase.memberSubmit')} danger />
      <Cancel href={path} label={t('form.cancel')} />
    </>
  );
  return (
    <FormFrame
      action={path}
      translator={translator}
      errors={errors}
      hidden={{ comments, immediately: immediately ? '1' : '', sure: '1' }}
      buttons={buttons}
    >
      <p class="notice" role="status">
        {t('erase.sure', { name: member.displayName })}
      </p>
      <p>{immediately || days === 0 ? t('erase.atOnce') : t('erase.waits', { count: days })}</p>
      <WhatGoes comments={comments} translator={translator} />
      <FreshPasswordField frame={frame} form="erasure" isAsked={asksPassword} errors={errors} />
    </FormFrame>
  );
}

/** What waits, the way back, and the same without further waiting. */
function Asked(props: MemberErasureProps & { readonly erasure: Erasure }) {
  const { frame, member, erasure, asksPassword, errors } = props;
  const { translator } = frame;
  const { t } = translator;
  const path = `/admin/members/${member.id}/erasure`;
  return (
    <>
      <PendingErasure erasure={erasure} back={path} isWhole translator={translator} />
      {shownState(erasure) === 'waiting' && (
        <>
          <p class="hint">{t('erase.otherwise')}</p>
          <FormFrame
            action={path}
            translator={translator}
            errors={errors}
            hidden={{ comments: erasure.comments, immediately: '1', sure: '1' }}
            buttons={<Submit label={t('erase.beginNow')} danger />}
          >
            <p>{t('erase.beginNowText')}</p>
            <FreshPasswordField frame={frame} form="erasure" isAsked={asksPassword} errors={errors} />
          </FormFrame>
        </>
      )}
    </>
  );
}

/** The erasure of a member by an admin, with what goes and what stays before the press. */
export function MemberErasurePage(props: MemberErasureProps) {
  const { frame, member, erasure, chosen, done } = props;
  const first = chosen === null ? <EraseMember {...props} /> : <Confirm {...props} chosen={chosen} />;
  const title = frame.translator.t('erase.member', { handle: member.handle });
  return (
    <AdminPage frame={frame} title={title}>
      <h1>{title}</h1>
      <Done done={done} translator={frame.translator} />
      {erasure === null ? first : <Asked {...props} erasure={erasure} />}
    </AdminPage>
  );
}
