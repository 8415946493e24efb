import type { ThreadActivity } from '../../../../libs/client/index.ts';
import type { CommentSort } from '../../../../libs/words/index.ts';
import type { Moment } from '../../../views/thread/past/past.query-types.ts';
import type { Frame } from '../../shell/frame.ts';
import { exactTime, toldApart } from '../../shell/i18n/moments.ts';
import { Sentence } from '../../shell/told-time.tsx';
import { zoneLabel } from '../../shell/zones.ts';
import { shareAt } from './axis.ts';
import { clockOf } from './clock.ts';
import { Graph } from './graph.tsx';
import { momentText, pageMomentOf, stepAt } from './moments.ts';

/** The moment that the page shows, and the moment since which it shows changes. */
export interface PastWish {
  readonly shown: Moment | null;
  readonly since: Moment | null;
}

export interface TimeMachineProps extends PastWish {
  readonly frame: Frame;
  readonly slug: string;
  readonly postId: string;
  readonly sort: CommentSort;
  /** The cursor of the shown page. */
  readonly cursor: string | null;
  readonly activity: ThreadActivity;
  /** The typed moment that does not exist; null when there is none. */
  readonly noMoment: string | null;
}

interface Address extends PastWish {
  readonly slug: string;
  readonly sort: CommentSort;
  /** The beginning of the page, which is the same place at any moment; null for the first page. */
  readonly cursor?: string | null;
}

/** The page of a thread at a moment, or now, with what changed since another. */
export function pastHref(
  { slug, sort, shown, since, cursor = null }: Address,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams();
  if (sort !== 'oldest') query.set('sort', sort);
  if (since) query.set('since', momentText(since));
  if (shown) query.set('at', momentText(shown));
  if (cursor !== null) query.set('cursor', cursor);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return `/posts/${encodeURIComponent(slug)}${query.size > 0 ? `?${query}` : ''}#discussion`;
}

const atTime = (at: string): Moment => ({ by: 'time', at: Date.parse(at) });

/** The shown moment in words, with the way back to now. */
function Shown(props: TimeMachineProps) {
  const { frame, shown, activity } = props;
  const { translator } = frame;
  const at = shown?.by === 'time' ? new Date(shown.at).toISOString() : pageMomentOf(activity, shown).at;
  const step = shown === null || at === null ? null : stepAt(activity, at);
  return (
    <p class="past-shown" data-part="shown" role="status">
      {shown === null && translator.t('past.now')}
      {shown !== null && at === null && translator.t('past.beforeAll')}
      {shown !== null && at !== null && (
        <Sentence tell={(times) => translator.t('past.shown', times)} times={{ time: at }} translator={translator} />
      )}
      {step && ` (${translator.t('past.step', step)})`}
    </p>
  );
}

function Steps(props: TimeMachineProps) {
  const { t } = props.frame.translator;
  const { earlier, later } = pageMomentOf(props.activity, props.shown);
  const link = (to: string | null, rel: 'prev' | 'next', label: string) =>
    to === null ? (
      <span class={`past-icon past-${rel}`} aria-disabled="true">
        <span class="visually-hidden">{label}</span>
      </span>
    ) : (
      <a
        class={`past-icon past-${rel}`}
        rel={rel}
        title={label}
        href={pastHref({ ...props, shown: atTime(to) })}
        data-at={to}
      >
        <span class="visually-hidden">{label}</span>
      </a>
    );
  return (
    <div class="past-steps" data-part="steps">
      {link(earlier, 'prev', t('past.earlier'))}
      {link(later, 'next', t('past.later'))}
      {props.shown !== null && (
        <>
          <a class="past-step" href={pastHref({ ...props, shown: null, since: props.shown })}>
            {t('past.since')}
          </a>
          <a class="button past-back" href={pastHref({ ...props, shown: null })} data-back="">
            {t('past.back')}
          </a>
        </>
      )}
    </div>
  );
}

/** A discussion can be looked at before its first comment too; the log knows no earlier time. */
const EARLIEST = '1970-01-01T00:00:00';

interface Range {
  readonly from: string;
  readonly until: string;
}

/** From the discussion's first event until now. */
function rangeOf({ from, until }: ThreadActivity, { now }: Frame): Range {
  const end = new Date(Math.max(Date.parse(until ?? ''), now) || now).toISOString();
  return { from: from ?? end, until: end };
}

/** Tells that there is no such moment, and which ones there are. */
function NoMoment({ range, frame: { translator } }: { range: Range; frame: Frame }) {
  const between = (iso: string): string => exactTime(iso, { translator, isLocal: false });
  return <>{translator.t('past.noMoment', { from: between(range.from), until: between(range.until) })}</>;
}

/** Chooses any moment, without a script too; `datetime-local` knows no zone, so the zone is told. */
function Choose({ frame, slug, sort, cursor, shown, activity, noMoment }: TimeMachineProps) {
  const { t, timeZone } = frame.translator;
  const at =
    shown?.by === 'time' ? new Date(shown.at).toISOString() : (pageMomentOf(activity, shown).at ?? activity.until);
  const isWrong = noMoment !== null || undefined;
  const range = rangeOf(activity, frame);
  return (
    <details class="past-choose" open={isWrong}>
      <summary>{t('past.choose')}</summary>
      <form method="get" action={`/posts/${encodeURIComponent(slug)}#discussion`}>
        {sort !== 'oldest' && <input type="hidden" name="sort" value={sort} />}
        {cursor !== null && <input type="hidden" name="cursor" value={cursor} />}
        <label for="past-at">{t('past.moment', { zone: zoneLabel(timeZone, frame.now) })}</label>
        {isWrong && (
          <p class="field-error" id="past-at-error" role="alert">
            <NoMoment range={range} frame={frame} />
          </p>
        )}
        <input
          id="past-at"
          type="datetime-local"
          name="moment"
          step="1"
          min={EARLIEST}
          max={clockOf(Date.parse(range.until), timeZone)}
          required
          value={noMoment ?? (at === null ? '' : clockOf(Date.parse(at), timeZone))}
          autofocus={isWrong}
          aria-invalid={isWrong}
          aria-describedby={isWrong && 'past-at-error'}
        />
        <div class="buttons">
          <button class="button" type="submit" name="show" value="past">
            {t('past.show')}
          </button>
          <button class="button quiet" type="submit" name="show" value="changes">
            {t('past.compare')}
          </button>
        </div>
      </form>
      <p class="hint legend">
        <span class="legend-posted">{t('past.legendPosted')}</span>
        <span class="legend-edited">{t('past.legendEdited')}</span>
        <span class="legend-decided">{t('past.legendDecided')}</span>
      </p>
    </details>
  );
}

/**
 * Shown at the ends and in the middle, since equal lengths of the graph are not equal times; worded so that they
 * differ. They stay in the forum's zone, as the days that a reader can go to are.
 */
function Dates({ axis, frame: { translator } }: { axis: readonly string[]; frame: Frame }) {
  const marks = [axis[0], axis[axis.length >> 1], axis.at(-1)].flatMap((at) => at ?? []);
  const told = toldApart(marks, { translator, isLocal: false });
  return (
    <p class="past-dates" data-forum-zone="">
      <span class="visually-hidden">{translator.t('past.dates')}</span>
      {marks.map((at, n) => (
        <time key={n} dateTime={at} title={exactTime(at, { translator, isLocal: false })}>
          {told[n]}
        </time>
      ))}
    </p>
  );
}

/** A discussion's life at its head: the moments, and the present place among them. It needs at least two moments. */
export function TimeMachine(props: TimeMachineProps) {
  const { frame, activity, shown, postId, slug, sort, noMoment } = props;
  const { t } = frame.translator;
  if (activity.moments.length < 2)
    return noMoment === null ? null : (
      <p class="form-error" role="alert" tabIndex={-1} autofocus>
        <NoMoment range={rangeOf(activity, frame)} frame={frame} />
      </p>
    );
  const at = shown?.by === 'time' ? new Date(shown.at).toISOString() : pageMomentOf(activity, shown).at;
  const axis = activity.axis.map((edge) => Date.parse(edge));
  const share = shown === null ? 1 : at === null ? 0 : shareAt(axis, Date.parse(at));
  return (
    <section
      class={shown === null ? 'time-machine' : 'time-machine in-past'}
      id="time-machine"
      aria-label={t('past.title')}
      data-late={frame.asset('time-machine.js')}
      data-post={postId}
      data-slug={slug}
      data-sort={sort}
      data-axis={axis.join(' ')}
      data-zone={frame.translator.timeZone}
      data-shown={at}
      data-label={t('past.slider')}
      data-play={t('past.play')}
      data-pause={t('past.pause')}
    >
      <p class="past-caption">{t('past.caption')}</p>
      <div class="past-graph">
        <Graph activity={activity} share={share} label={t('past.graph')} />
      </div>
      <Dates axis={activity.axis} frame={frame} />
      <div class="past-line">
        <Steps {...props} />
        <Shown {...props} />
        <Choose {...props} />
      </div>
    </section>
  );
}
