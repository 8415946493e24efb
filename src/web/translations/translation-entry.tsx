import type { EarlierTranslation, Translation } from '../../../libs/client/index.ts';
import { Submit } from '../shell/form-frame.tsx';
import { type Frame, mayModerate, readerOf } from '../shell/frame.ts';
import { languageHeading } from '../shell/i18n/language-names.ts';
import { PostForm } from '../shell/post-form.tsx';
import { Provenance } from '../shell/provenance.tsx';
import { RemovalFields, type TypedRemoval } from '../shell/removal-fields.tsx';
import { ReportTranslationLink } from '../shell/report-translation-link.tsx';
import { shownHtml } from '../shell/shown-html.ts';
import { StaleLine } from '../shell/stale-line.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';

/** By whoever wrote it, by the author of a text that was changed since, or by a moderator with a reason. */
function Removing({
  translation,
  frame,
  isOfAuthor,
  isOpen,
  removal,
}: Pick<EntryProps, 'translation' | 'frame' | 'isOfAuthor' | 'isOpen' | 'removal'>) {
  const { t } = frame.translator;
  const action = `/translations/${translation.id}/remove`;
  const seen = <input type="hidden" name="revision" value={translation.revision} />;
  const isOwn = translation.by !== null && translation.by.id === frame.member?.id;
  const own = isOwn ? 'takeBack' : isOfAuthor && translation.stale ? 'takeAway' : null;
  if (own !== null) {
    return (
      <details open={isOpen}>
        <summary>{t(`translation.${own}`)}</summary>
        <PostForm class="form" action={action}>
          {seen}
          <p>{t(`translation.${own}Means`)}</p>
          <div class="buttons">
            <Submit label={t(`translation.${own}`)} danger />
          </div>
        </PostForm>
      </details>
    );
  }
  if (!mayModerate(frame.member)) return null;
  return (
    <details open={removal !== null}>
      <summary>{t('translation.remove')}</summary>
      <PostForm class="form" action={action}>
        {seen}
        <RemovalFields id={translation.language} typed={removal} translator={frame.translator} />
      </PostForm>
    </details>
  );
}

function Earlier({ earlier, language, frame }: Pick<Translation, 'earlier' | 'language'> & { frame: Frame }) {
  const { translator, now } = frame;
  const { t } = translator;
  const nameOf = ({ by }: EarlierTranslation): string => by?.displayName ?? t('comment.nameless');
  return (
    <details>
      <summary>{t('translation.earlier')}</summary>
      <ol class="revisions">
        {earlier.map((one) => (
          <li key={one.writtenAt}>
            <p class="post-meta">
              <span dir="auto">{nameOf(one)}</span>
              <TimeAgo at={one.writtenAt} translator={translator} now={now} />
            </p>
            <div class="diff" lang={language} dir="auto">
              {one.body}
            </div>
          </li>
        ))}
      </ol>
    </details>
  );
}

interface EntryProps {
  readonly translation: Translation;
  readonly frame: Frame;
  /** When the text was posted. */
  readonly postedAt: string;
  /** Whether the reader wrote the text. */
  readonly isOfAuthor: boolean;
  /** Whether the reader was led here to take it away. */
  readonly isOpen: boolean;
  /** What a moderator typed to remove it, and was refused; null for nothing. */
  readonly removal: TypedRemoval | null;
  /** Where the form for a better one is; null for whoever may not translate. */
  readonly form: string | null;
}

/** What somebody made of a text in one language, and those that stood there before. */
export function TranslationEntry(props: EntryProps) {
  const { translation, frame, form, postedAt } = props;
  const { translator } = frame;
  const { t } = translator;
  const { language, earlier, stale = false } = translation;
  return (
    <article class="translation" id={language} aria-labelledby={`into-${language}`}>
      <h2 id={`into-${language}`} dir="auto">
        {languageHeading(language, translator)}
      </h2>
      <Provenance translation={translation} frame={frame} />
      {stale && (
        <p class="status">
          <StaleLine line={translation} postedAt={postedAt} translator={translator} />
        </p>
      )}
      {translation.title !== undefined && (
        <p class="lead" lang={language} dir="auto">
          {translation.title}
        </p>
      )}
      <div
        class="text"
        lang={language}
        dir="auto"
        dangerouslySetInnerHTML={shownHtml(translation.bodyHtml, { from: 3, translator })}
      />
      <div class="actions">
        {form !== null && (
          <a class="action" href={`${form}?language=${language}#write`}>
            {t('translation.change')}
          </a>
        )}
        <ReportTranslationLink line={translation} reader={readerOf(frame)} translator={translator} />
        <Removing {...props} />
      </div>
      {earlier.length > 0 && <Earlier earlier={earlier} language={language} frame={frame} />}
    </article>
  );
}
