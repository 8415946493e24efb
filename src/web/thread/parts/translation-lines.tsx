import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { TranslationLine } from '../../../../libs/client/shapes.ts';
import type { Translation } from '../../../../libs/client/translation-shapes.ts';
import { languageName, languageNames } from '../../shell/i18n/language-names.ts';
import { ReportTranslationLink } from '../../shell/report-translation-link.tsx';
import { shownHtml } from '../../shell/shown-html.ts';
import { StaleLine } from '../../shell/stale-line.tsx';
import { useThread } from './context.ts';
import { translatedAtOnce } from './other-languages.ts';
import type { ShownComment, TextAtOnce } from './shown-comment.ts';

/** The translation that a reader has opened, and whether it stands in the place of the original. */
interface Opened {
  readonly translation: Translation;
  readonly isAlone: boolean;
}

/** A text with its translations: the one that its reader wants without asking for it, and a line for each other one. */
export function WithTranslations({ comment, children }: { comment: ShownComment; children: ComponentChildren }) {
  const { Translated, translated, page } = useThread();
  if (Translated && comment.translations)
    return (
      <>
        {children}
        <Translated commentId={comment.id} />
      </>
    );
  const atOnce = translatedAtOnce(comment, translated);
  if (atOnce === null) return <WhenAsked comment={comment}>{children}</WhenAsked>;
  const { line, text } = atOnce;
  const shown = <AtOnce comment={comment} line={line} text={text} />;
  const { translations = [], ...rest } = comment;
  const others = translations.filter((one) => one !== line);
  const rested = others.length === 0 ? rest : { ...rest, translations: others };
  if (page.translationsShown === 'beside')
    return (
      <WhenAsked comment={rested}>
        {children}
        {shown}
      </WhenAsked>
    );
  return (
    <>
      {shown}
      <Original>
        <WhenAsked comment={rested}>{children}</WhenAsked>
      </Original>
    </>
  );
}

function Original({ children }: { children: ComponentChildren }) {
  const { t } = useThread().translator;
  return (
    <details class="original">
      <summary>{t('translation.original')}</summary>
      {children}
    </details>
  );
}

interface AtOnceProps {
  readonly comment: ShownComment;
  readonly line: TranslationLine;
  readonly text: TextAtOnce;
}

/** The text of a translation as it is now: one that is changed while it is read stands until the new text is there. */
function useNewest({ comment, line, text }: AtOnceProps): string {
  const { actions } = useThread();
  const [newest, setNewest] = useState(text);
  const isNewest = newest.writtenAt === line.writtenAt;
  useEffect(() => {
    if (isNewest) return;
    actions?.translation(comment.id, line.language, (found) => {
      if (found?.id === line.id) setNewest(found);
    });
  }, [isNewest, line.writtenAt]);
  return newest.bodyHtml;
}

/** A translation with who made it from which language. */
function AtOnce(props: AtOnceProps) {
  const { comment, line } = props;
  const html = useNewest(props);
  const { translator, page } = useThread();
  const { t } = translator;
  const language = languageName(comment.language ?? '', translator);
  return (
    <>
      <p class="translation-line at-once">
        <span dir="auto">
          {t('translation.translated', { language, name: line.by?.displayName ?? t('comment.nameless') })}
        </span>
        <a class="action" href={`/comments/${comment.id}/translations#${line.language}`}>
          {t('translation.all')}
        </a>
        <ReportTranslationLink line={line} reader={page.viewer} translator={translator} />
        {line.stale && <Stale comment={comment} line={line} />}
      </p>
      <Body language={line.language} html={html} />
    </>
  );
}

/**
 * A text with a line for each of its translations. Without the browser program a line leads to the page that has them; with
 * it the translation opens below the text, or in its place.
 */
function WhenAsked({ comment, children }: { comment: ShownComment; children: ComponentChildren }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const { translations: lines } = comment;
  // One that was changed or taken away meanwhile is not shown as it was.
  const standing = lines?.find(
    ({ id, writtenAt }) => opened?.translation.id === id && opened.translation.writtenAt === writtenAt,
  );
  const shown = standing === undefined ? null : opened;
  return (
    <>
      {!shown?.isAlone && children}
      {lines && (
        <ul class="translations">
          {lines.map((line) => (
            <li key={line.language}>
              <Line comment={comment} line={line} isShown={standing === line} open={setOpened} />
              {shown && standing === line && <Text shown={shown} change={setOpened} />}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface LineProps {
  readonly comment: ShownComment;
  readonly line: TranslationLine;
  readonly isShown: boolean;
  readonly open: (opened: Opened | null) => void;
}

function Line({ comment, line, isShown, open }: LineProps) {
  const { translator, actions } = useThread();
  const { t } = translator;
  const href = `/comments/${comment.id}/translations#${line.language}`;
  const named = {
    language: languageNames(line.language, translator),
    name: line.by?.displayName ?? t('comment.nameless'),
  };
  return (
    <p class="translation-line">
      <span dir="auto">{t('translation.into', named)}</span>{' '}
      <a
        class="action"
        href={href}
        aria-expanded={actions ? isShown : undefined}
        aria-label={`${t(isShown ? 'translation.hide' : 'translation.show')}: ${named.language}`}
        onClick={(event) => {
          if (!actions || event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          if (isShown) return open(null);
          // It never rejects: what cannot be had is null.
          actions.translation(comment.id, line.language, (translation) => {
            if (translation === null) location.assign(href);
            else open({ translation, isAlone: false });
          });
        }}
      >
        {t(isShown ? 'translation.hide' : 'translation.show')}
      </a>
      {line.stale && <Stale comment={comment} line={line} />}
    </p>
  );
}

function Text({ shown: { translation, isAlone }, change }: { shown: Opened; change: (opened: Opened) => void }) {
  const { translator, page } = useThread();
  return (
    <>
      <Body language={translation.language} html={translation.bodyHtml} />
      <p class="translation-line">
        <button class="action" type="button" onClick={() => change({ translation, isAlone: !isAlone })}>
          {translator.t(isAlone ? 'translation.beside' : 'translation.instead')}
        </button>
        <ReportTranslationLink line={translation} reader={page.viewer} translator={translator} />
      </p>
    </>
  );
}

function Body({ language, html }: { language: string; html: string }) {
  const { translator } = useThread();
  return (
    <div
      class="body text translated"
      lang={language}
      dir="auto"
      dangerouslySetInnerHTML={shownHtml(html, { from: 3, translator })}
    />
  );
}

/** The author of the text is led to where a translation that says what it says no more is taken away. */
function Stale({ comment, line }: { comment: ShownComment; line: TranslationLine }) {
  const { translator, page } = useThread();
  const isOwn = page.viewer !== null && comment.author?.id === page.viewer.memberId;
  return (
    <>
      <span class="stale">
        <StaleLine line={line} postedAt={comment.createdAt} translator={translator} />
      </span>
      {isOwn && (
        <a class="action" href={`/comments/${comment.id}/translations?open=${line.language}#${line.language}`}>
          {translator.t('translation.takeAway')}
        </a>
      )}
    </>
  );
}
