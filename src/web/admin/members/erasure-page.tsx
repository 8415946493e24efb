import type { OwnMember } from '../../../../libs/client/index.ts';
import { CommentsChoice, WhatGoes, WhenItBegins } from '../../shell/erasure-parts.tsx';
import type { FieldErrors } from '../../shell/fields.tsx';
import { FormFrame, Submit } from '../../shell/form-frame.tsx';
import type { Frame } from '../../shell/frame.ts';
import { FreshPasswordField } from '../../shell/fresh-password.tsx';
import { AdminPage } from '../admin-frame.tsx';

interface MemberErasureProps {
  readonly frame: Frame;
  readonly member: Pick<OwnMember, 'id' | 'handle' | 'displayName'>;
  readonly days: number;
  readonly asksPassword: boolean;
  readonly errors: FieldErrors;
}

/** The erasure of a member by an admin, with what goes and what stays before the press. */
export function MemberErasurePage({ frame, member, days, asksPassword, errors }: MemberErasureProps) {
  const { translator } = frame;
  const { t } = translator;
  const title = t('erase.member', { handle: member.handle });
  return (
    <AdminPage frame={frame} title={title}>
      <h1>{title}</h1>
      <FormFrame
        action={`/admin/members/${member.id}/erasure`}
        translator={translator}
        errors={errors}
        buttons={<Submit label={t('erase.memberSubmit')} danger />}
      >
        <WhatGoes translator={translator} />
        <CommentsChoice translator={translator} />
        <WhenItBegins days={days} translator={translator} />
        <FreshPasswordField frame={frame} form="erasure" isAsked={asksPassword} errors={errors} />
      </FormFrame>
    </AdminPage>
  );
}
