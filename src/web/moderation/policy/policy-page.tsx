import type { SentRule } from '../../../../libs/client/index.ts';
import { DoneText } from '../../shell/done.tsx';
import type { FieldErrors } from '../../shell/fields.tsx';
import { FormFrame, Submit } from '../../shell/form-frame.tsx';
import type { Frame } from '../../shell/frame.ts';
import { DayField } from '../day-field.tsx';
import { ModerationPage } from '../moderation-page.tsx';
import { orderOf } from './fields.ts';
import { PolicyNote } from './policy-note.tsx';
import { RuleFields } from './rule-fields.tsx';
import { PolicyVersions, type ToldVersions } from './versions.tsx';

interface PolicyProps {
  readonly frame: Frame;
  readonly rules: readonly SentRule[];
  readonly versions: ToldVersions;
  /** The version that the form started from. */
  readonly version: number;
  readonly note: string;
  /** The period of a rehearsal, as typed. */
  readonly period: { readonly from: string; readonly to: string };
  readonly errors: FieldErrors;
  readonly saved: boolean;
}

/** The form of a rehearsal: the rules that stand in the form are tried before they are in force. */
function RehearseFields({ period, errors, frame }: PolicyProps) {
  const { t } = frame.translator;
  return (
    <fieldset class="rehearse">
      <legend>{t('rehearse.title')}</legend>
      <p class="hint">{t('rehearse.text')}</p>
      <div class="filters">
        <DayField name="from" label={t('modlog.from')} value={period.from} errors={errors} />
        <DayField name="to" label={t('modlog.to')} value={period.to} errors={errors} />
        <button class="button quiet" type="submit" formAction="/moderation/policy/rehearsals">
          {t('rehearse.submit')}
        </button>
      </div>
      <p class="hint">
        {t('rehearse.hint')} {t('rehearse.imported')}
      </p>
    </fieldset>
  );
}

/** The rules in their order, each with its settings, and below them the versions: who set them, when and why. */
export function PolicyPage(props: PolicyProps) {
  const { frame, rules, versions, version, note, errors, saved } = props;
  const { translator } = frame;
  const { t } = translator;
  return (
    <ModerationPage frame={frame} title={t('policy.title')} scripts={['policy.js']}>
      <h1>{t('policy.title')}</h1>
      <div class="plain policy">
        <p class="lead">{t('policy.text')}</p>
        {saved && <DoneText text={t('policy.saved')} />}
        <p class="visually-hidden" role="status" id="policy-says" />
        <FormFrame
          action="/moderation/policy"
          translator={translator}
          errors={errors}
          hidden={{ version: String(version), order: orderOf(rules) }}
          buttons={<Submit label={t('policy.force')} />}
        >
          {/* Enter in a field presses a form's first button, which must not move a rule. */}
          <button class="visually-hidden" type="submit" tabIndex={-1} aria-hidden="true">
            {t('policy.force')}
          </button>
          <RuleFields rules={rules} errors={errors} frame={frame} />
          <PolicyNote translator={translator} value={note} errors={errors} />
          <RehearseFields {...props} />
        </FormFrame>
        <PolicyVersions told={versions} frame={frame} />
      </div>
    </ModerationPage>
  );
}
