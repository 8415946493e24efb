import { type MemberAuthor } from '../../../../libs/client/index.ts';
import {
  COMMENT_REMOVALS,
  REPORT_REASONS,
  type ReportReason,
  SANCTION_KINDS,
  type SanctionKind,
} from '../../../../libs/words/index.ts';
import { recordHref } from '../../shell/addresses.ts';
import { SelectField, TextArea, TextField } from '../../shell/fields.tsx';
import { FormFrame, Submit } from '../../shell/form-frame.tsx';
import type { Frame } from '../../shell/frame.ts';
import { formState, type RefusedForm } from '../../shell/refused-form.ts';
import { sanctionName } from '../../shell/sanction-name.ts';

/** The sanction that a form asks for. */
export interface AskedSanction {
  readonly kind: SanctionKind;
  readonly reason: ReportReason;
  /** RFC 3339; null for a sanction without an end. */
  readonly until: string | null;
  readonly statement: string;
  readonly removeComments: (typeof COMMENT_REMOVALS)[number];
}

interface SanctionFormProps {
  readonly member: Pick<MemberAuthor, 'handle' | 'displayName'>;
  readonly refused: RefusedForm | null;
  readonly frame: Frame;
}

/** Nothing is chosen beforehand, and nothing is given yet: the choice is first shown once more. */
export function SanctionForm({ member, refused, frame }: SanctionFormProps) {
  const { translator } = frame;
  const { typed, errors } = formState(refused, 'sanction');
  const isChanged = refused?.form === 'sanction' && Object.keys(errors).length === 0;
  const { t } = translator;
  return (
    <section aria-labelledby="sanction-title">
      <h2 id="sanction-title" tabIndex={-1} autofocus={isChanged || undefined}>
        {t('record.sanction')}
      </h2>
      <FormFrame
        action={`${recordHref(member.handle)}/sanctions`}
        translator={translator}
        errors={errors}
        buttons={<Submit label={t('record.review')} />}
      >
        <SelectField name="kind" label={t('record.kind')} required errors={errors}>
          <option value="">{t('record.choose')}</option>
          {SANCTION_KINDS.map((kind) => (
            <option key={kind} value={kind} selected={kind === typed['kind']}>
              {t(`sanction.${kind}`)}
            </option>
          ))}
        </SelectField>
        <SelectField name="reason" label={t('decide.reason')} required errors={errors}>
          <option value="">{t('record.choose')}</option>
          {REPORT_REASONS.map((reason) => (
            <option key={reason} value={reason} selected={reason === typed['reason']}>
              {t(`reason.${reason}`)}: {t(`statement.${reason}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          name="until"
          type="datetime-local"
          label={t('record.until')}
          value={typed['until'] ?? ''}
          required={false}
          errors={errors}
        />
        <TextArea
          name="statement"
          label={t('record.statement')}
          optional={t('form.optional')}
          hint={t('record.statementHint')}
          value={typed['statement'] ?? ''}
          rows={3}
          required={false}
          errors={errors}
        />
        <SelectField name="removeComments" label={t('record.removals')} errors={errors}>
          {COMMENT_REMOVALS.map((removal) => (
            <option key={removal} value={removal} selected={removal === typed['removeComments']}>
              {t(`removals.${removal}`)}
            </option>
          ))}
        </SelectField>
      </FormFrame>
    </section>
  );
}

interface ConfirmProps {
  readonly member: SanctionFormProps['member'];
  readonly asked: AskedSanction;
  readonly frame: Frame;
}

/** Everything that will happen, before it does. */
export function ConfirmSanction({ member, asked, frame }: ConfirmProps) {
  const { translator } = frame;
  const { t } = translator;
  const { kind, reason, until, statement, removeComments } = asked;
  const facts = [
    [t('record.kind'), sanctionName(asked, frame)],
    [t('decide.reason'), t(`reason.${reason}`)],
    [t('record.statement'), statement],
    [t('record.removals'), t(`removals.${removeComments}`)],
  ] as const;
  return (
    <section class="confirm-sanction" aria-labelledby="confirm-title" data-confirm>
      <h2 id="confirm-title" tabIndex={-1} autofocus>
        {t('record.confirmTitle', { name: member.displayName })}
      </h2>
      <FormFrame
        action={`${recordHref(member.handle)}/sanctions`}
        translator={translator}
        hidden={{ kind, reason, until: until?.slice(0, 19) ?? '', statement, removeComments }}
        buttons={
          <>
            <button class="button danger" type="submit" name="step" value="confirmed">
              {t('record.confirm')}
            </button>
            <button class="button quiet" type="submit" name="step" value="change">
              {t('record.change')}
            </button>
          </>
        }
      >
        <dl class="told">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
        </dl>
      </FormFrame>
    </section>
  );
}
