import type { ModerationReport } from '../../../../libs/client/index.ts';
import type { FieldErrors } from '../../shell/fields.tsx';
import type { Frame } from '../../shell/frame.ts';
import { duration } from '../../shell/i18n/durations.ts';
import { percent } from '../../shell/i18n/percent.ts';
import { RefusableFields } from '../../shell/refusable-fields.tsx';
import { DayField } from '../day-field.tsx';
import { Figures } from '../figures.tsx';
import { ModerationPage } from '../moderation-page.tsx';
import { DayChart } from './day-chart.tsx';

interface ReportProps {
  readonly frame: Frame;
  /** Null for an invalid period. */
  readonly report: ModerationReport | null;
  /** Days as they were asked for. */
  readonly from: string;
  readonly to: string;
  readonly errors: FieldErrors;
}

/** Names with a figure and a bar each, the largest first. */
function Bars({
  title,
  counts,
  frame,
}: {
  title: string;
  counts: readonly (readonly [string, number])[];
  frame: Frame;
}) {
  const most = Math.max(1, ...counts.map(([, count]) => count));
  const { t, number } = frame.translator;
  return (
    <section>
      <h2>{title}</h2>
      {counts.length === 0 && <p class="hint">{t('modreport.none')}</p>}
      <table class="dense">
        <tbody>
          {counts.map(([name, count]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{number(count)}</td>
              <td>
                <svg class="chart" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={Math.round((count / most) * 100)} height="8" fill="currentcolor" />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A report on the moderation of a period: how much, how fast, and how often it was reversed. */
export function ModerationReportPage({ frame, report, from, to, errors }: ReportProps) {
  const { t } = frame.translator;
  return (
    <ModerationPage frame={frame} title={t('modreport.title')}>
      <h1>{t('modreport.title')}</h1>
      <form class="filters" method="get" action="/moderation/report">
        <RefusableFields errors={errors} translator={frame.translator}>
          <DayField name="from" label={t('modlog.from')} value={from} errors={errors} />
          <DayField name="to" label={t('modlog.to')} value={to} errors={errors} />
        </RefusableFields>
        <button class="button quiet" type="submit">
          {t('modlog.filter')}
        </button>
      </form>
      {report && <Numbers report={report} frame={frame} />}
    </ModerationPage>
  );
}

function Numbers({ report, frame }: { report: ModerationReport; frame: Frame }) {
  const { t, number } = frame.translator;
  const { count, share } = report.reversed;
  const within = (seconds: number | null) => (seconds === null ? '–' : duration(seconds, frame.translator));
  const reversed = share === null ? '' : ` (${percent(Math.round(share * 100), frame.translator)})`;
  const verdicts = report.days.reduce((sum, { policyVerdicts }) => sum + policyVerdicts, 0);
  const figures = [
    [t('modreport.reports'), number(report.reports)],
    [t('modreport.decisions'), number(report.decisions)],
    [t('modreport.verdicts'), number(verdicts)],
    [t('modreport.median'), within(report.timeToDecision.median)],
    [t('modreport.ninetieth'), within(report.timeToDecision.ninetieth)],
    [t('modreport.reversed'), `${number(count)}${reversed}`],
  ] as const;
  return (
    <>
      <Figures figures={figures} />
      <p class="hint">{t('modreport.counted')}</p>
      <DayChart report={report} frame={frame} />
      <div class="beside">
        <Bars title={t('modreport.byReason')} counts={named(report.byReason, frame)} frame={frame} />
        <Bars title={t('modreport.byAction')} counts={named(report.byAction, frame)} frame={frame} />
        <Bars title={t('modreport.bySanction')} counts={named(report.sanctions, frame)} frame={frame} />
      </div>
    </>
  );
}

/** Sorted by figure, with the reader's words. */
function named(
  counts: Readonly<Record<string, number>>,
  { translator: { t, has } }: Frame,
): readonly (readonly [string, number])[] {
  const nameOf = (word: string): string => {
    if (word === 'none') return t('decide.noReason');
    const key = [`reason.${word}`, `action.${word}`, `sanction.${word}`].find(has);
    return key !== undefined && has(key) ? t(key) : word;
  };
  return Object.entries(counts)
    .map(([word, count]) => [nameOf(word), count] as const)
    .toSorted(([, a], [, b]) => b - a);
}
