import type { DiffPart, Revision } from '../../../libs/client/index.ts';
import { Diff } from '../shell/diff.tsx';
import { Document } from '../shell/document.tsx';
import { SelectField } from '../shell/fields.tsx';
import type { Frame } from '../shell/frame.ts';
import { languageOf } from '../shell/i18n/language-of.ts';
import type { MessageKey } from '../shell/i18n/translate.ts';
import { TimeAgo } from '../shell/time-ago.tsx';

/** The words for what staff did and readers are not told by whom. */
const BY_STAFF: Partial<Record<Revision['kind'], MessageKey>> = {
  removed: 'history.removedByStaff',
  restored: 'history.restoredByStaff',
  accepted: 'history.acceptedByStaff',
  unaccepted: 'history.unacceptedByStaff',
  featured: 'history.featuredByStaff',
  unfeatured: 'history.unfeaturedByStaff',
};

function toldOf({ kind, by, byStaff }: Revision, { translator: { t } }: Frame): string {
  const staff = by === null && byStaff ? BY_STAFF[kind] : undefined;
  return staff === undefined ? t(`history.${kind}`, { name: by?.displayName ?? t('comment.nameless') }) : t(staff);
}

interface RevisionEntryProps {
  readonly commentId: string;
  readonly revision: Revision;
  /** Null for a revision without a text. */
  readonly version: number | null;
  readonly frame: Frame;
}

function RevisionEntry({ commentId, revision, version, frame }: RevisionEntryProps) {
  const { t } = frame.translator;
  const text = revision.body;
  const hasText = revision.kind === 'posted' || revision.kind === 'edited';
  return (
    <li>
      <p class="post-meta">
        {version !== null && <strong>{t('history.version', { number: version })}</strong>}
        <span>{toldOf(revision, frame)}</span>
        <TimeAgo at={revision.at} translator={frame.translator} now={frame.now} />
        {version !== null && (
          <a href={`/receipts/${commentId}?revision=${revision.revision}`}>{t('history.receipt')}</a>
        )}
      </p>
      {hasText && text === null && (
        <p class="hint">{t(revision.unreadable ? 'comment.unreadable' : 'history.noText')}</p>
      )}
      {hasText && text !== null && (
        <div class="diff" dir="auto" lang={revision.language ?? languageOf(text)}>
          {revision.diff ? <Diff parts={revision.diff} frame={frame} /> : text}
        </div>
      )}
    </li>
  );
}

/** Two texts of the comment, chosen by their revisions, and their difference. */
export interface TextComparison {
  readonly from: number;
  readonly to: number;
  readonly diff: readonly DiffPart[];
}

/** A page of the history, as the query answers it. */
interface History {
  readonly revisions: readonly Revision[];
  readonly next: number | null;
  readonly textsBefore: number;
}

interface HistoryProps {
  readonly frame: Frame;
  readonly commentId: string;
  readonly history: History;
  /** The revision before the first on this page. */
  readonly after: number;
  /** Null until two versions are chosen. */
  readonly compared: TextComparison | null;
}

/** The texts in their order, by revision: readers know them as version 1, 2, 3. */
function versionsOf(revisions: readonly Revision[]): readonly Revision[] {
  return revisions.filter(({ kind }) => kind === 'posted' || kind === 'edited');
}

/** Any two texts can be compared, not only neighbours. */
function Compare({ frame, commentId, history: { revisions, textsBefore }, after, compared }: HistoryProps) {
  const { t } = frame.translator;
  const versions = versionsOf(revisions).map((revision, at) => ({ revision, number: textsBefore + at + 1 }));
  const shown = versions.filter(({ revision }) => revision.body !== null);
  if (shown.length < 3) return null;
  const first = shown[0]?.revision.revision;
  const last = shown.at(-1)?.revision.revision;
  const choice = (name: 'from' | 'to', chosen: number | undefined) => (
    <SelectField name={name} label={t(`history.${name}`)} errors={{}}>
      {shown.map(({ revision, number }) => (
        <option key={revision.revision} value={String(revision.revision)} selected={revision.revision === chosen}>
          {t('history.version', { number })}
        </option>
      ))}
    </SelectField>
  );
  return (
    <section class="compare" aria-labelledby="compare-title">
      <h2 id="compare-title">{t('history.compare')}</h2>
      <form class="choices" method="get" action={`/comments/${commentId}/history`}>
        {after >= 0 && <input type="hidden" name="beyond" value={String(after)} />}
        {choice('from', compared?.from ?? first)}
        {choice('to', compared?.to ?? last)}
        <button class="button quiet" type="submit">
          {t('history.show')}
        </button>
      </form>
      {compared && (
        <ComparedTexts
          compared={compared}
          numbers={numbersOf(versions)}
          language={revisions.find(({ revision }) => revision === compared.to)?.language}
          frame={frame}
        />
      )}
    </section>
  );
}

function numbersOf(versions: readonly { revision: Revision; number: number }[]): ReadonlyMap<number, number> {
  return new Map(versions.map(({ revision, number }) => [revision.revision, number]));
}

function ComparedTexts({
  compared: { from, to, diff },
  numbers,
  language,
  frame,
}: {
  compared: TextComparison;
  numbers: ReadonlyMap<number, number>;
  /** Of the later text, where one is known. */
  language: string | undefined;
  frame: Frame;
}) {
  const { t } = frame.translator;
  const text = diff.map((part) => part.text).join('');
  const isSame = diff.every(({ kind }) => kind === 'same');
  return (
    <>
      <p class="hint" role="status">
        {t('history.between', { from: numbers.get(from) ?? from, to: numbers.get(to) ?? to })}
      </p>
      {isSame && <p class="hint">{t('history.alike')}</p>}
      <div class="diff" dir="auto" lang={language ?? languageOf(text)}>
        <Diff parts={diff} frame={frame} />
      </div>
    </>
  );
}

/** The life of a comment, oldest first, each text against the one before; above, any two of its texts. */
export function HistoryPage(props: HistoryProps) {
  const { frame, commentId, history } = props;
  const { t } = frame.translator;
  const { revisions, next, textsBefore } = history;
  const versions = versionsOf(revisions);
  return (
    <Document frame={frame} title={t('history.title')} known={{ path: `/comments/${commentId}/history` }}>
      <h1>{t('history.title')}</h1>
      <Compare {...props} />
      <ol class="revisions">
        {revisions.map((revision, place) => {
          const at = versions.indexOf(revision);
          return (
            <RevisionEntry
              key={place}
              commentId={commentId}
              revision={revision}
              version={at === -1 ? null : textsBefore + at + 1}
              frame={frame}
            />
          );
        })}
      </ol>
      {next !== null && (
        <p>
          <a href={`/comments/${commentId}/history?beyond=${next}`}>{t('changes.more')}</a>
        </p>
      )}
      <p class="aside">
        <a href={`/comments/${commentId}`}>{t('history.back')}</a>
      </p>
    </Document>
  );
}
