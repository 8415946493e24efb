import { DECISION_ACTIONS, REPORT_REASONS } from '../../../../libs/client/index.ts';
import type { ModerationReport } from '../../../views/moderation-log/log.query-types.ts';
import { TextField } from '../../components/fields.tsx';
import { Figures } from '../../components/figures.tsx';
import type { Frame } from '../../components/frame.ts';
import { oneOf } from '../../moderation/words.ts';
import { ModerationPage } from './moderation-page.tsx';

interface ReportProps {
  readonly frame: Frame;
  readonly report: ModerationReport;
  /** Days as they were asked for. */
  readonly from: string;
  readonly to: string;
}

const HEIGHT = 120;
const STEP = 14;

/** Two bars a day, reports and rulings; the figures stand in the table below for those who cannot see them. */
function Days({ report: { days }, frame }: ReportProps) {
  const { t } = frame.translator;
  const most = Math.max(1, ...days.flatMap(({ reports, decisions }) => [reports, decisions]));
  const tall = (count: number) => Math.round((count / most) * (HEIGHT - 10));
  return (
    <figure>
      <figcaption>
        {t('modreport.byDay')} <span class="legend-mark" /> {t('modreport.reports')} <span class="legend-mark second" />{' '}
        {t('modreport.decisions')}
      </figcaption>
      <svg
        class="chart"
        viewBox={`0 0 ${Math.max(1, days.length) * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('modreport.byDay')}
      >
        {days.map(({ day, reports, decisions }, index) => (
          <g key={day} fill="currentcolor">
            <title>{`${day}: ${reports} / ${decisions}`}</title>
            <rect x={index * STEP + 2} y={HEIGHT - 1 - tall(reports)} width="5" height={tall(reports)} />
            <rect
              class="second"
              x={index * STEP + 7}
              y={HEIGHT - 1 - tall(decisions)}
              width="5"
              height={tall(decisions)}
              fill="currentcolor"
            />
          </g>
        ))}
        <line class="base" x1="0" x2={days.length * STEP} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
      </svg>
    </figure>
  );
}

/** Names with figures and a bar each, most first. */
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
  const { number } = frame.translator;
  return (
    <section>
      <h2>{title}</h2>
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

/** How moderation went in a period: how much, how fast, and how often it was turned around. */
export function ModerationReportPage(props: ReportProps) {
  const { frame, report, from, to } = props;
  const { t, number } = frame.translator;
  const minutes = (seconds: number | null) =>
    seconds === null ? '–' : t('modreport.minutes', { count: Math.ceil(seconds / 60) });
  const { share } = report.reversed;
  const figures = [
    [t('modreport.reports'), number(report.reports)],
    [t('modreport.decisions'), number(report.decisions)],
    [t('modreport.median'), minutes(report.timeToDecision.median)],
    [t('modreport.ninetieth'), minutes(report.timeToDecision.ninetieth)],
    [
      t('modreport.reversed'),
      `${number(report.reversed.count)}${share === null ? '' : ` (${number(Math.round(share * 100))} %)`}`,
    ],
  ] as const;
  const reasons = Object.entries(report.byReason).map(([name, count]) => {
    const known = oneOf(REPORT_REASONS, name);
    return [known ? t(`reason.${known}`) : name, count] as const;
  });
  const actions = Object.entries(report.byAction).map(([name, count]) => {
    const known = oneOf(DECISION_ACTIONS, name);
    return [known ? t(`action.${known}`) : name === 'undo' ? t('queue.undo') : name, count] as const;
  });
  return (
    <ModerationPage frame={frame} title={t('modreport.title')}>
      <h1>{t('modreport.title')}</h1>
      <form class="filters" method="get" action="/moderation/report">
        <TextField name="from" label={t('modlog.from')} value={from} errors={{}} />
        <TextField name="to" label={t('modlog.to')} value={to} errors={{}} />
        <button class="button quiet" type="submit">
          {t('modlog.filter')}
        </button>
      </form>
      <Figures figures={figures} />
      <Days {...props} />
      <div class="beside">
        <Bars title={t('modreport.byReason')} counts={reasons} frame={frame} />
        <Bars title={t('modreport.byAction')} counts={actions} frame={frame} />
      </div>
    </ModerationPage>
  );
}
