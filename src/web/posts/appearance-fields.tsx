import { offsetAt } from '../../../libs/words/index.ts';
import { type FieldErrors, TextField } from '../shell/fields.tsx';
import type { Frame } from '../shell/frame.ts';
import { offsetName } from '../shell/i18n/moments.ts';
import type { Typed } from '../shell/typed.ts';
import { timeOfDay, zoneLabel } from '../shell/zones.ts';
import { momentsOf } from './write-forms.ts';

export function Radio({ name, value, chosen, label }: { name: string; value: string; chosen: string; label: string }) {
  return (
    <label class="radio">
      <input type="radio" name={name} value={value} checked={value === chosen} />
      {label}
    </label>
  );
}

interface AppearanceProps {
  readonly frame: Frame;
  readonly typed: Typed;
  readonly errors: FieldErrors;
}

/** When a post appears, by the clock of the forum's zone, and what that is in UTC. */
export function AppearanceFields({ frame, typed, errors }: AppearanceProps) {
  const { translator, site, now } = frame;
  const { t, digits } = translator;
  const when = typed['when'] || 'now';
  const value = typed['publishAt'] ?? '';
  const moments = momentsOf(value, site.timeZone) ?? [];
  const chosen = moments[typed['clock'] === 'second' ? 1 : 0];
  const hint = t('write.atHint', { time: digits(timeOfDay(site.timeZone, now)) });
  const isTold = chosen !== undefined && (moments.length === 1 || ['first', 'second'].includes(typed['clock'] ?? ''));
  const inUtc = isTold ? ` ${t('write.atUtc', { time: digits(utcOf(chosen)) })}` : '';
  return (
    <fieldset>
      <legend>{t('write.when')}</legend>
      <div class="radios">
        <Radio name="when" value="now" chosen={when} label={t('write.now')} />
        <Radio name="when" value="later" chosen={when} label={t('write.later')} />
      </div>
      <TextField
        name="publishAt"
        type="datetime-local"
        label={t('write.at', { zone: zoneLabel(site.timeZone, chosen ?? now) })}
        hint={`${hint}${inUtc}`}
        value={value}
        required={false}
        errors={errors}
      />
      {moments.length > 1 && (
        <fieldset class="twice">
          <legend>{t('write.twice')}</legend>
          <div class="radios">
            {moments.map((moment, n) => (
              <Radio
                key={moment}
                name="clock"
                value={n === 0 ? 'first' : 'second'}
                chosen={typed['clock'] ?? ''}
                label={`${t(n === 0 ? 'write.twiceFirst' : 'write.twiceSecond')} (${offsetName(offsetAt(site.timeZone, moment))})`}
              />
            ))}
          </div>
        </fieldset>
      )}
    </fieldset>
  );
}

function utcOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 16).replace('T', ' ');
}
