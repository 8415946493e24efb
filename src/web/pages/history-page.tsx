import type { Author, Revision } from '../../../libs/client/index.ts';
import { Diff } from '../components/diff.tsx';
import { Document } from '../components/document.tsx';
import type { Frame } from '../components/frame.ts';
import { languageOf } from '../i18n/language-of.ts';
import { TimeAgo } from '../thread/time-ago.tsx';

const nameOf = (author: Author | null, frame: Frame): string =>
  author?.displayName ?? frame.translator.t('comment.somebody');

interface RevisionEntryProps {
  readonly commentId: string;
  readonly revision: Revision;
  /** Null for what is no text. */
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
        <span>{t(`history.${revision.kind}`, { name: nameOf(revision.by, frame) })}</span>
        <TimeAgo at={revision.at} translator={frame.translator} now={frame.now} />
        {version !== null && (
          <a href={`/receipts/${commentId}?revision=${revision.revision}`}>{t('history.receipt')}</a>
        )}
      </p>
      {hasText && text === null && <p class="hint">{t('history.noText')}</p>}
      {hasText && text !== null && (
        <div class="diff" dir="auto" lang={languageOf(text)}>
          {revision.diff ? <Diff parts={revision.diff} frame={frame} /> : text}
        </div>
      )}
    </li>
  );
}

/** What became of a comment, oldest first, each text against the one before. */
export function HistoryPage({
  frame,
  commentId,
  revisions,
}: {
  frame: Frame;
  commentId: string;
  revisions: readonly Revision[];
}) {
  const { t } = frame.translator;
  let versions = 0;
  return (
    <Document frame={frame} title={t('history.title')}>
      <h1>{t('history.title')}</h1>
      <ol class="revisions">
        {revisions.map((revision) => {
          const hasText = revision.kind === 'posted' || revision.kind === 'edited';
          if (hasText) versions += 1;
          return (
            <RevisionEntry
              key={revision.revision}
              commentId={commentId}
              revision={revision}
              version={hasText ? versions : null}
              frame={frame}
            />
          );
        })}
      </ol>
      <p class="aside">
        <a href={`/comments/${commentId}`}>{t('history.back')}</a>
      </p>
    </Document>
  );
}
