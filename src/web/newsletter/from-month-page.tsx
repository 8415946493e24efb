import { shownByClock } from '../../../libs/words/index.ts';
import { MOST_ISSUE_POSTS, MOST_ISSUE_QUOTES } from '../../acts/issue-drafting/issue-drafting.ts';
import { monthPeriod, monthsBefore, periodInWords } from '../../acts/issue-drafting/period.ts';
import { Document } from '../shell/document.tsx';
import { type FieldErrors, SelectField, TextField } from '../shell/fields.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import type { Typed } from '../shell/typed.ts';

/** The months that are offered; another period has its own fields. */
const MONTHS = 24;

interface FromMonthPageProps {
  readonly frame: Frame;
  readonly typed: Typed;
  readonly errors: FieldErrors;
}

/** Begins a newsletter with the posts and comments of a month, and says which are taken. */
export function FromMonthPage({ frame, typed, errors }: FromMonthPageProps) {
  const { translator, site } = frame;
  const { t } = translator;
  const isOther = (typed['from'] ?? '') !== '' || (typed['to'] ?? '') !== '';
  return (
    <Document frame={frame} title={t('period.title')}>
      <div class="narrow">
        <h1>{t('period.title')}</h1>
        <p class="lead">{t('period.lead')}</p>
        <FormFrame
          action="/write/from-month"
          translator={translator}
          errors={errors}
          buttons={<Submit label={t('period.submit')} />}
        >
          <SelectField name="month" label={t('period.month')} errors={errors}>
            <Months frame={frame} chosen={typed['month'] ?? ''} />
          </SelectField>
          <details open={isOther}>
            <summary>{t('period.other')}</summary>
            <p class="hint">{t('period.otherHint', { zone: site.timeZone })}</p>
            <Day name="from" label={t('period.from')} value={typed['from'] ?? ''} errors={errors} />
            <Day name="to" label={t('period.to')} value={typed['to'] ?? ''} errors={errors} />
          </details>
        </FormFrame>
        <section class="part" aria-labelledby="taken">
          <h2 id="taken">{t('period.how')}</h2>
          <p>{t('period.posts', { count: MOST_ISSUE_POSTS })}</p>
          <p>{t('period.comments', { count: MOST_ISSUE_QUOTES })}</p>
          <p>{t('period.checked')}</p>
        </section>
      </div>
    </Document>
  );
}

/** The last whole month first, then those before it. */
function Months({ frame, chosen }: { readonly frame: Frame; readonly chosen: string }) {
  const { translator, site, now } = frame;
  return (
    <>
      {monthsBefore(shownByClock(site.timeZone, now), MONTHS).map((month) => {
        const period = monthPeriod(month);
        return (
          <option key={month} value={month} selected={month === chosen}>
            {period && translator.digits(periodInWords(period, translator.locale))}
          </option>
        );
      })}
    </>
  );
}

function Day(props: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly errors: FieldErrors;
}) {
  const isDay = props.value === '' || /^\d{4}-\d\d-\d\d$/.test(props.value);
  return <TextField {...props} type={isDay ? 'date' : 'text'} required={false} />;
}
