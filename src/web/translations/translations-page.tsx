import type { Comment, Post } from '../../../libs/client/index.ts';
import type { ReadTranslations, TranslatableText } from '../../acts/translating.ts';
import type { RemovedTranslation } from '../../views/translations/translations.query-types.ts';
import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import { type FieldErrors, TextArea } from '../shell/fields.tsx';
import type { Frame } from '../shell/frame.ts';
import { languageName, languageNames } from '../shell/i18n/language-names.ts';
import { languageOf } from '../shell/i18n/language-of.ts';
import type { Translator } from '../shell/i18n/translate.ts';
import type { TypedRemoval } from '../shell/removal-fields.tsx';
import { shownHtml } from '../shell/shown-html.ts';
import type { ChangedSource } from './changed-source.tsx';
import { translatedPlaces } from './translated-places.ts';
import { TranslationEntry } from './translation-entry.tsx';
import { TranslationForm, type TypedTranslation } from './translation-form.tsx';

export interface TranslationsProps {
  readonly frame: Frame;
  readonly read: ReadTranslations;
  /** Of the post, or of that under which the comment stands. */
  readonly postTitle: string;
  /** What moderators removed of the reader's own, until it is written again. */
  readonly removed: readonly RemovedTranslation[];
  /** Null for whoever may not translate. */
  readonly typed: TypedTranslation | null;
  readonly errors: FieldErrors;
  /** Where the source was changed while it was translated. */
  readonly changed: ChangedSource | null;
  /** The text of the form as readers would see it, when a preview was asked for. */
  readonly previewHtml: string | null;
  readonly done: 'saved' | 'taken' | null;
  /** Why a translation was not taken away; null where nobody tried. */
  readonly refusal: string | null;
  /** The language of the one that the reader was led here to take away. */
  readonly taking: string;
  /** What a moderator typed to take that one away, and was refused; null for nothing. */
  readonly removal: TypedRemoval | null;
}

function Original({
  frame: { translator },
  read: { text },
  isOpen,
}: Pick<TranslationsProps, 'frame' | 'read'> & { isOpen: boolean }) {
  const html = (text.kind === 'comment' ? text.comment.bodyHtml : text.post.bodyHtml) ?? '';
  const lang = text.kind === 'comment' ? (text.comment.language ?? languageOf(html)) : text.post.locale;
  return (
    <details class="original" open={isOpen}>
      <summary>{translator.t('translation.original')}</summary>
      {text.kind === 'post' && (
        <p class="lead" lang={lang} dir="auto">
          {text.post.title}
        </p>
      )}
      <div class="text" dir="auto" lang={lang} dangerouslySetInnerHTML={shownHtml(html, { from: 2, translator })} />
    </details>
  );
}

/** Translations whose texts are too long for one page. */
function Unopened({ frame, read }: Pick<TranslationsProps, 'frame' | 'read'>) {
  const { form } = translatedPlaces(read);
  return read.unopened.map((language) => (
    <p key={language}>
      <a href={`${form}?only=${language}`} dir="auto">
        {languageNames(language, frame.translator)}
      </a>
    </p>
  ));
}

/** Whose comment it is, and on which post; or the post. */
function nameOf(text: TranslatableText, title: string, { t }: Translator): string {
  if (text.kind === 'post') return title;
  return t('feed.comment', { name: text.comment.author?.displayName ?? t('comment.nameless'), title });
}

function isBy({ author }: Pick<Comment | Post, 'author'>, member: Frame['member']): boolean {
  return member !== null && author?.id === member.id;
}

/** A text, its translations by language, and the form for another one. */
export function TranslationsPage(props: TranslationsProps) {
  const { frame, read, postTitle, removed, typed, done, refusal, errors, previewHtml, taking, removal } = props;
  const { text } = read;
  const { t } = frame.translator;
  const title = t(read.text.kind === 'comment' ? 'translation.title' : 'translation.titlePost');
  const { form, back } = translatedPlaces(read);
  return (
    <Document frame={frame} title={title} known={{ path: form }} scripts={typed === null ? [] : ['write.js']}>
      <h1>{title}</h1>
      <p>
        <a href={back} dir="auto">
          {nameOf(text, postTitle, frame.translator)}
        </a>
      </p>
      {done && <DoneText text={t(`translation.${done}`)} />}
      {refusal && (
        <p class="status" role="alert">
          {refusal}
        </p>
      )}
      <Original frame={frame} read={read} isOpen={typed !== null || read.text.kind === 'comment'} />
      {removed.map((one) => (
        <Removed key={one.language} removed={one} translator={frame.translator} />
      ))}
      {read.items.length === 0 && removed.length === 0 && <p class="empty">{t('translation.none')}</p>}
      {read.items.map((translation) => (
        <TranslationEntry
          key={translation.language}
          translation={translation}
          frame={frame}
          form={typed === null ? null : form}
          postedAt={text.kind === 'comment' ? text.comment.createdAt : text.post.publishedAt}
          isOfAuthor={isBy(text.kind === 'comment' ? text.comment : text.post, frame.member)}
          isOpen={translation.language === taking}
          removal={translation.language === taking ? removal : null}
        />
      ))}
      <Unopened frame={frame} read={read} />
      {typed && (
        <Form
          {...props}
          typed={typed}
          isFolded={removed.some((one) => !one.changed) && previewHtml === null && Object.keys(errors).length === 0}
        />
      )}
      <p class="aside">
        <a href={back}>{t(read.text.kind === 'comment' ? 'history.back' : 'translation.backPost')}</a>
      </p>
    </Document>
  );
}

/** That a translation of the reader's own is gone, and what the moderator wrote about it. */
function Removed({ removed, translator }: { removed: RemovedTranslation; translator: Translator }) {
  const { statement } = removed;
  return (
    <>
      <p class="status">{removedText(removed, translator)}</p>
      {statement && (
        <>
          <p class="hint">{translator.t('translation.told')}</p>
          <blockquote class="quoted" dir="auto" lang={languageOf(statement)}>
            {statement}
          </blockquote>
        </>
      )}
      {removed.unreadable && <p class="hint">{translator.t('comment.unreadable')}</p>}
    </>
  );
}

/** Why a translation of the reader's own is gone, and whether it can be written again. */
export function removedText({ language, reason, changed }: RemovedTranslation, translator: Translator): string {
  const named = { language: languageName(language, translator), reason: translator.t(`reason.${reason}`) };
  return translator.t(changed ? 'translation.removedBefore' : 'translation.removed', named);
}

/** Whoever has just lost a translation is not asked for another one at once. */
function Form({ isFolded, ...props }: TranslationsProps & { typed: TypedTranslation; isFolded: boolean }) {
  const form = <TranslationForm {...props} />;
  if (!isFolded) return form;
  return (
    <details>
      <summary>{props.frame.translator.t('translation.add')}</summary>
      {form}
    </details>
  );
}

interface GoneProps {
  readonly frame: Frame;
  readonly typed: TypedTranslation;
  readonly reason: string;
  /** The address at which its place is still told; null where nothing of it is. */
  readonly back: string | null;
}

/** What was typed, for whoever translated a text that is gone. */
export function GonePage({ frame, typed, reason, back }: GoneProps) {
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t('translation.add')}>
      <h1>{t('translation.add')}</h1>
      <p class="status" role="alert">
        {reason}
      </p>
      <p>{t('translation.gone')}</p>
      <TextArea name="body" label={t('translation.text')} value={typed.body} rows={8} errors={{}} required={false} />
      <p class="aside">
        <a href={back ?? '/'}>{t(back === null ? 'error.home' : 'translation.backPost')}</a>
      </p>
    </Document>
  );
}
