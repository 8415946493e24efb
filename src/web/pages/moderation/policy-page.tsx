import type { PolicyVersion } from '../../../../libs/client/index.ts';
import { type FieldErrors, TextArea } from '../../components/fields.tsx';
import { FormFrame, Submit } from '../../components/form-frame.tsx';
import type { Frame } from '../../components/frame.ts';
import { measuresOf, type SentRule, settingsOf } from '../../moderation/policy-fields.ts';
import { ruleName } from '../../moderation/queue-row.tsx';
import { TimeAgo } from '../../thread/time-ago.tsx';
import { ModerationPage } from './moderation-page.tsx';

interface PolicyProps {
  readonly frame: Frame;
  readonly rules: readonly SentRule[];
  /** Newest first. */
  readonly versions: readonly PolicyVersion[];
  readonly note: string;
  readonly errors: FieldErrors;
  readonly saved: boolean;
}

function Setting({ rule, name, value, frame }: { rule: string; name: string; value: unknown; frame: Frame }) {
  const { t, has } = frame.translator;
  const id = `${rule}.${name}`;
  const key = `setting.${name}`;
  return (
    <div class="field">
      <label for={id}>{has(key) ? t(key) : name}</label>
      {name === 'measure' ? (
        <select id={id} name={id}>
          {measuresOf(rule).map((measure) => (
            <option key={measure} value={measure} selected={measure === value}>
              {t(`measures.${measure}`)}
            </option>
          ))}
        </select>
      ) : Array.isArray(value) ? (
        <textarea id={id} name={id} rows={4} dir="auto" spellcheck={false} value={value.join('\n')} />
      ) : (
        <input id={id} name={id} type="text" inputMode="decimal" value={String(value)} />
      )}
    </div>
  );
}

function RuleFields({ rule, errors, frame }: { rule: SentRule; errors: FieldErrors; frame: Frame }) {
  const { t } = frame.translator;
  return (
    <fieldset class="rule">
      <legend>{ruleName(rule.rule, frame.translator)}</legend>
      {errors[rule.rule] && <p class="field-error">{errors[rule.rule]}</p>}
      <label class="radio">
        <input type="checkbox" name={`${rule.rule}.on`} value="1" checked={rule.on} />
        {t('policy.on')}
      </label>
      {settingsOf(rule).map(([name, value]) => (
        <Setting key={name} rule={rule.rule} name={name} value={value} frame={frame} />
      ))}
    </fieldset>
  );
}

function Versions({ versions, frame }: PolicyProps) {
  const { translator } = frame;
  const { t } = translator;
  const newest = versions[0]?.version ?? 0;
  return (
    <section aria-labelledby="versions-title">
      <h2 id="versions-title">{t('policy.versions')}</h2>
      <ul class="lines">
        {versions.map(({ version, setBy, setAt, note, restores }) => (
          <li key={version}>
            <strong>{t('policy.version', { number: version })}</strong> <bdi>{setBy?.displayName}</bdi>{' '}
            {setAt && <TimeAgo at={setAt} translator={translator} now={frame.now} />}
            {restores !== null && <span class="badge">{t('policy.restores', { number: restores })}</span>}
            {note && (
              <p class="said" dir="auto">
                {note}
              </p>
            )}
            {version !== newest && (
              <form method="post" action="/moderation/policy/back">
                <input type="hidden" name="version" value={String(newest)} />
                <input type="hidden" name="restores" value={String(version)} />
                <button class="button quiet" type="submit">
                  {t('policy.back')}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The rules in their order, each with its settings; below, who set which version and when. */
export function PolicyPage(props: PolicyProps) {
  const { frame, rules, versions, note, errors, saved } = props;
  const { translator } = frame;
  const { t } = translator;
  return (
    <ModerationPage frame={frame} title={t('policy.title')}>
      <h1>{t('policy.title')}</h1>
      <div class="plain">
        <p class="lead">{t('policy.text')}</p>
        {saved && (
          <p class="saved" role="status">
            {t('policy.saved')}
          </p>
        )}
        <FormFrame
          action="/moderation/policy"
          translator={translator}
          errors={errors}
          hidden={{ version: String(versions[0]?.version ?? 0) }}
          buttons={<Submit label={t('form.save')} />}
        >
          {rules.map((rule) => (
            <RuleFields key={rule.rule} rule={rule} errors={errors} frame={frame} />
          ))}
          <TextArea name="note" label={t('policy.note')} value={note} rows={2} required={false} errors={errors} />
        </FormFrame>
        <Versions {...props} />
      </div>
    </ModerationPage>
  );
}
