import type { ModerationReport } from '../../../../libs/client/index.ts';
import type { Frame } from '../../shell/frame.ts';
import { date } from '../../shell/i18n/moments.ts';
import { TableHead } from '../../shell/table-head.tsx';

type Day = ModerationReport['days'][number];

const SERIES = ['reports', 'decisions', 'policyVerdicts'] as const;
const NAMES = {
  reports: 'modreport.reports',
  decisions: 'modreport.decisions',
  policyVerdicts: 'modreport.verdicts',
} as const;

/** The height of the drawing, which is stretched to the page's width; labels stand beside it as text. */
const HEIGHT = 100;
const WIDTH = 720;
/** With more days than this, each bar is a week, so that it can still be seen. */
const MOST_BARS = 62;
const DAYS_A_WEEK = 7;

/** The days of one bar together. */
function grouped(days: readonly Day[]): readonly Day[] {
  if (days.length <= MOST_BARS) return days;
  const weeks: Day[] = [];
  for (let at = 0; at < days.length; at += DAYS_A_WEEK) {
    const week = days.slice(at, at + DAYS_A_WEEK);
    const sum = (name: (typeof SERIES)[number]) => week.reduce((total, one) => total + one[name], 0);
    weeks.push({
      day: week[0]?.day ?? '',
      reports: sum('reports'),
      decisions: sum('decisions'),
      policyVerdicts: sum('policyVerdicts'),
    });
  }
  return weeks;
}

interface BarsProps {
  readonly bar: Day;
  readonly at: number;
  readonly step: number;
  readonly tall: (count: number) => number;
}

function Bars({ bar, at, step, tall }: BarsProps) {
  const width = Math.max(1, (step - 2) / SERIES.length);
  return (
    <>
      {SERIES.map((name, index) => (
        <rect
          key={name}
          class={`series ${name}`}
          x={at * step + 1 + index * width}
          y={HEIGHT - tall(bar[name])}
          width={width}
          height={tall(bar[name])}
        />
      ))}
    </>
  );
}

/** Three bars a day with their scale; the same figures stand in the table below for those who cannot see them. */
export function DayChart({ report, frame }: { report: ModerationReport; frame: Frame }) {
  const { translator } = frame;
  const { t, number } = translator;
  const bars = grouped(report.days);
  const most = Math.max(1, ...bars.flatMap((bar) => SERIES.map((name) => bar[name])));
  const step = WIDTH / Math.max(1, bars.length);
  const tall = (count: number) => (count / most) * (HEIGHT - 1);
  const dayName = (day: string | undefined) => (day ? date(day, { translator, isLocal: false }) : '');
  return (
    <figure aria-labelledby="by-day">
      <figcaption id="by-day">
        {t('modreport.byDay')}
        {SERIES.map((name) => (
          <span key={name} class="legend">
            <span class={`legend-mark ${name}`} /> {t(NAMES[name])}
          </span>
        ))}
      </figcaption>
      <p class="scale">{number(most)}</p>
      <svg
        class="chart days"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('modreport.byDay')}
      >
        {bars.map((bar, at) => (
          <Bars key={bar.day} bar={bar} at={at} step={step} tall={tall} />
        ))}
      </svg>
      <p class="scale ends">
        <span>{dayName(bars[0]?.day)}</span>
        <span>{dayName(report.days.at(-1)?.day)}</span>
      </p>
      <DayTable days={report.days} frame={frame} />
    </figure>
  );
}

/** Days without events are left out. */
function DayTable({ days, frame }: { days: readonly Day[]; frame: Frame }) {
  const { translator } = frame;
  const { t, number } = translator;
  const busy = days.filter((one) => SERIES.some((name) => one[name] > 0));
  if (busy.length === 0) return <p class="hint">{t('modreport.none')}</p>;
  return (
    <details>
      <summary>{t('modreport.table')}</summary>
      <table class="dense">
        <TableHead names={[t('modreport.day'), ...SERIES.map((name) => t(NAMES[name]))]} />
        <tbody>
          {busy.map((one) => (
            <tr key={one.day}>
              <th scope="row">{date(one.day, { translator, isLocal: false })}</th>
              {SERIES.map((name) => (
                <td key={name}>{number(one[name])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
