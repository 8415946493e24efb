import type { SentRule } from '../../../../libs/client/index.ts';
import type { Frame } from '../../shell/frame.ts';
import { type FieldErrors, useMarked } from '../../shell/refusable-fields.tsx';
import { ruleMeaning, ruleName } from '../decision/queue-words.ts';
import { measuresOf, settingsOf } from './fields.ts';

interface SettingProps {
  readonly rule: string;
  readonly name: string;
  readonly value: unknown;
  readonly errors: FieldErrors;
  readonly frame: Frame;
}

/** The name of a setting; an unknown one keeps its own. */
export function settingName(name: string, { t, has }: Frame['translator']): string {
  const key = `setting.${name}`;
  return has(key) ? t(key) : name;
}

function Setting({ rule, name, value, errors, frame }: SettingProps) {
  const { t } = frame.translator;
  const id = `${rule}.${name}`;
  const wrong = errors[id];
  const label = settingName(name, frame.translator);
  useMarked({ id, label: `${ruleName(rule, frame.translator)}, ${label}`, wrong });
  const attributes = {
    id,
    name: id,
    autofocus: wrong !== undefined || undefined,
    'aria-invalid': wrong !== undefined || undefined,
    'aria-describedby': wrong === undefined ? undefined : `${id}-error`,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {wrong !== undefined && (
        <p class="field-error" id={`${id}-error`}>
          {wrong}
        </p>
      )}
      {name === 'measure' ? (
        <select {...attributes}>
          {measuresOf(rule).map((measure) => (
            <option key={measure} value={measure} selected={measure === value}>
              {t(`measures.${measure}`)}
            </option>
          ))}
        </select>
      ) : Array.isArray(value) ? (
        <textarea {...attributes} rows={4} dir="auto" spellcheck={false} value={value.join('\n')} />
      ) : (
        <input {...attributes} type="text" inputMode="decimal" value={String(value)} />
      )}
    </div>
  );
}

/** With a script the rule moves in place; without it the form comes back in the new order, at the rule. */
function Move({ rule, way, isEnd, frame }: { rule: string; way: 'up' | 'down'; isEnd: boolean; frame: Frame }) {
  const { translator } = frame;
  const label = translator.t(`policy.${way}`, { rule: ruleName(rule, translator) });
  return (
    <button
      class="button quiet move"
      type="submit"
      name="move"
      value={`${way} ${rule}`}
      formAction={`/moderation/policy#rule-${rule}`}
      disabled={isEnd}
      title={label}
      aria-label={label}
    >
      <span aria-hidden="true">{way === 'up' ? '↑' : '↓'}</span>
    </button>
  );
}

/** Closed while the rule is off, unless something in it is wrong. */
function Settings({ rule, errors, frame }: { rule: SentRule; errors: FieldErrors; frame: Frame }) {
  const settings = settingsOf(rule);
  if (settings.length === 0) return null;
  const isWrong = settings.some(([name]) => errors[`${rule.rule}.${name}`] !== undefined);
  return (
    <details class="settings" open={rule.on || isWrong}>
      <summary>{frame.translator.t('policy.settings')}</summary>
      <div class="setting-fields">
        {settings.map(([name, value]) => (
          <Setting key={name} rule={rule.rule} name={name} value={value} errors={errors} frame={frame} />
        ))}
      </div>
    </details>
  );
}

/** The faults of a rule as a whole. */
function WrongRule({ rule, errors, frame }: Pick<SettingProps, 'rule' | 'errors' | 'frame'>) {
  const wrong = errors[rule];
  const id = `${rule}-error`;
  useMarked({ id, label: ruleName(rule, frame.translator), wrong });
  if (wrong === undefined) return null;
  return (
    <p class="field-error" id={id} tabIndex={-1} autofocus>
      {wrong}
    </p>
  );
}

interface RuleFieldsProps {
  readonly rules: readonly SentRule[];
  readonly errors: FieldErrors;
  readonly frame: Frame;
}

/** The rules in their order, each with its switch, settings and place. */
export function RuleFields({ rules, errors, frame }: RuleFieldsProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <ol class="rules" data-rules data-moved={t('policy.moved')}>
      {rules.map((rule, at) => (
        <li key={rule.rule} id={`rule-${rule.rule}`} data-rule={rule.rule}>
          <fieldset class="rule">
            <legend data-name>{ruleName(rule.rule, translator)}</legend>
            <div class="moves">
              <Move rule={rule.rule} way="up" isEnd={at === 0} frame={frame} />
              <Move rule={rule.rule} way="down" isEnd={at === rules.length - 1} frame={frame} />
            </div>
            <p class="hint">{ruleMeaning(rule.rule, translator)}</p>
            <WrongRule rule={rule.rule} errors={errors} frame={frame} />
            <label class="radio">
              <input type="checkbox" name={`${rule.rule}.on`} value="1" checked={rule.on} />
              {t('policy.on')}
            </label>
            <Settings rule={rule} errors={errors} frame={frame} />
          </fieldset>
        </li>
      ))}
    </ol>
  );
}
