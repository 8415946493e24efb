import type { Differing, DiffPart, ThreadDifference } from '../../../../libs/client/index.ts';
import { Diff } from '../../shell/diff.tsx';
import type { Frame } from '../../shell/frame.ts';
import { languageOf } from '../../shell/i18n/language-of.ts';
import { TimeAgo } from '../../shell/time-ago.tsx';
import { Sentence } from '../../shell/told-time.tsx';

/** The unchanged characters that are shown around a changed word. */
const AROUND = 40;

export interface ChangesProps {
  readonly frame: Frame;
  readonly difference: ThreadDifference;
  /** The beginnings of the texts, as HTML, by the comment's id. */
  readonly excerpts: ReadonlyMap<string, string>;
  /** The earlier moment, as RFC 3339; null before the discussion began. */
  readonly since: string | null;
  /** Null for now. */
  readonly until: string | null;
  /** True for the reader's own last visit. */
  readonly isVisit: boolean;
  /** The address of all changes, or of the next ones. */
  readonly more: string | null;
  /** The address of a comment of the later moment: on a past page it is there, today it is wherever it is paged. */
  readonly linkTo: (commentId: string) => { readonly href: string; readonly target?: '_self' };
}

/** New, edited and removed comments: a line of figures, then each with its link. */
export function Changes(props: ChangesProps) {
  const { frame, difference, more, isVisit } = props;
  const { t } = frame.translator;
  const { counts, items } = difference;
  const kinds = (['new', 'edited', 'removed'] as const).filter((kind) => counts[kind] > 0);
  return (
    <details class="changes" id="changes" open={!isVisit}>
      <summary>
        <span class="changes-title">
          <Title {...props} />
        </span>{' '}
        <span class="changes-counts">
          {kinds.length === 0 && t('changes.none')}
          {kinds.map((kind) => (
            <span key={kind}>{t(`changes.${kind}`, { count: counts[kind] })}</span>
          ))}
        </span>
      </summary>
      <ol>
        {items.map((item) => (
          <Change key={`${item.kind} ${item.comment.id}`} item={item} {...props} />
        ))}
      </ol>
      {more !== null && (
        <p>
          <a href={more}>{t('changes.more')}</a>
        </p>
      )}
    </details>
  );
}

function Title({ frame: { translator, now }, since, until, isVisit }: ChangesProps) {
  const { t } = translator;
  if (since === null) return <>{t('changes.sinceStart')}</>;
  if (isVisit)
    return (
      <>
        {t('changes.visit')} <TimeAgo at={since} translator={translator} now={now} />
      </>
    );
  if (until === null)
    return <Sentence tell={(times) => t('changes.since', times)} times={{ time: since }} translator={translator} />;
  return (
    <Sentence tell={(times) => t('changes.between', times)} times={{ from: since, until }} translator={translator} />
  );
}

function Change({ item, frame, excerpts, linkTo }: ChangesProps & { readonly item: Differing }) {
  const { t } = frame.translator;
  const { comment, kind, at } = item;
  const name = comment.author?.displayName ?? t('comment.nameless');
  return (
    <li>
      <p class="post-meta">
        <a {...linkTo(comment.id)}>
          <strong>{t(`changes.kind.${kind}`)}</strong>
          {comment.author !== null && (
            <>
              {' · '}
              <bdi>{name}</bdi>
            </>
          )}
        </a>
        <TimeAgo at={at} translator={frame.translator} now={frame.now} />
      </p>
      <Text item={item} excerpt={excerpts.get(comment.id) ?? ''} frame={frame} />
    </li>
  );
}

function Text({
  item: { kind, comment, diff },
  excerpt,
  frame,
}: {
  readonly item: Differing;
  readonly excerpt: string;
  readonly frame: Frame;
}) {
  if (comment.body === null)
    return kind === 'removed' ? null : <p class="hint">{frame.translator.t('history.noText')}</p>;
  const language = comment.language ?? languageOf(comment.body);
  if (!diff)
    return <div class="changes-text" dir="auto" lang={language} dangerouslySetInnerHTML={{ __html: excerpt }} />;
  return (
    <div class="changes-text" dir="auto" lang={language}>
      <Diff parts={shortened(diff)} frame={frame} />
    </div>
  );
}

/** Of unchanged words, only those beside a change. */
function shortened(parts: readonly DiffPart[]): readonly DiffPart[] {
  return parts.map((part, n) => {
    if (part.kind !== 'same') return part;
    const letters = [...part.text];
    const head = n > 0 ? letters.slice(0, AROUND).join('') : '';
    const tail = n < parts.length - 1 ? letters.slice(-AROUND).join('') : '';
    return letters.length <= 2 * AROUND ? part : { kind: 'same', text: `${head}…${tail}` };
  });
}
