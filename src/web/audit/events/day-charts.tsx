import type { LogDay } from '../../../../libs/client/audit-shapes.ts';
import type { Frame } from '../../shell/frame.ts';
import type { MessageKey } from '../../shell/i18n/translate.ts';
import { TableHead } from '../../shell/table-head.tsx';

const HEIGHT = 80;
const STEP = 14;
/** The newest days, which a chart shows. */
const MOST_DAYS = 60;

const MODERATION =
  /^(CommentHeld|CommentJudged|CommentDecided|CommentReported|MemberSanctioned|SanctionLifted|SanctionAppealed|AppealDecided|MemberNoted|PolicySet)\./;
const ACTIVITY = /^(Post|Discussion|Comment(Posted|Edited)|Reaction|MemberRegistered)/;

interface Series {
  readonly name: MessageKey;
  readonly of: (day: LogDay) => number;
}

const SERIES: readonly Series[] = [
  { name: 'audit.activity', of: (day) => sumOf(day, ACTIVITY) },
  { name: 'audit.moderation', of: (day) => sumOf(day, MODERATION) },
  { name: 'audit.lag', of: (day) => Math.round(day.lagMeanMs ?? 0) },
];

function sumOf({ types }: LogDay, wanted: RegExp): number {
  return Object.entries(types).reduce((sum, [type, count]) => sum + (wanted.test(type) ? count : 0), 0);
}

/** Bars of one figure; the table below says the same in digits. */
function Chart({ series, days, frame }: { series: Series; days: readonly LogDay[]; frame: Frame }) {
  const { t, number } = frame.translator;
  const most = Math.max(1, ...days.map(series.of));
  return (
    <figure>
      <figcaption>{t(series.name)}</figcaption>
      <svg
        class="chart"
        viewBox={`0 0 ${Math.max(20, days.length) * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${t(series.name)}: ${number(Math.max(0, ...days.map(series.of)))}`}
      >
        {days.map((day, index) => {
          const tall = Math.round((series.of(day) / most) * (HEIGHT - 8));
          return (
            <rect
              key={day.day}
              x={index * STEP + 2}
              y={HEIGHT - 1 - tall}
              width={STEP - 4}
              height={tall}
              fill="currentcolor"
            >
              <title>{`${day.day}: ${number(series.of(day))}`}</title>
            </rect>
          );
        })}
        <line class="base" x1="0" x2={Math.max(20, days.length) * STEP} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
      </svg>
    </figure>
  );
}

/** Activity, moderation and the delay of recording, day by day. */
export function DayCharts({ days: all, frame }: { days: readonly LogDay[]; frame: Frame }) {
  const { t, number } = frame.translator;
  const days = all.slice(-MOST_DAYS);
  return (
    <section aria-labelledby="by-day">
      <h2 id="by-day">{t('audit.days')}</h2>
      <div class="charts">
        {SERIES.map((series) => (
          <Chart key={series.name} series={series} days={days} frame={frame} />
        ))}
      </div>
      <p class="hint">{t('audit.lagNote')}</p>
      <details>
        <summary>{t('audit.figures')}</summary>
        <table class="dense">
          <TableHead
            names={[t('audit.day'), t('audit.events'), ...SERIES.map(({ name }) => t(name)), t('audit.lagMost')]}
          />
          <tbody>
            {days.toReversed().map((day) => (
              <tr key={day.day}>
                <th scope="row">{day.day}</th>
                <td>{number(day.events)}</td>
                {SERIES.map(({ name, of }) => (
                  <td key={name}>{number(of(day))}</td>
                ))}
                <td>{day.lagMostMs === null ? '–' : number(Math.round(day.lagMostMs))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
