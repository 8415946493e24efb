import type { SourceTexts, Translation } from '../../../libs/client/index.ts';
import { REPORT_REASONS, TRANSLATION_LANGUAGE_CODES, TRANSLATION_LANGUAGES } from '../../../libs/words/index.ts';
import type { ReadTranslations } from '../../acts/translating.ts';
import { postHref } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import { type FieldErrors, SelectField, TextArea, TextField } from '../shell/fields.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import { type Frame, mayModerate } from '../shell/frame.ts';
import { languageOf } from '../shell/i18n/language-of.ts';
import { PostForm } from '../shell/post-form.tsx';
import { Provenance } from '../shell/provenance.tsx';
import { shownHtml } from '../shell/shown-html.ts';
import { TimeAgo } from '../shell/time-ago.tsx';

/** What a form that adds a translation was sent with, or is begun with. */
export interface TypedTranslation {
  readonly language: string;
  readonly title: string;
  readonly body: string;
}

export interface TranslationsProps {
  readonly frame: Frame;
  readonly read: ReadTranslations;
  /** Null for whoever may not translate. */
  readonly typed: TypedTranslation | null;
  readonly errors: FieldErrors;
  /** Both texts, where the source was changed while it was translated. */
  readonly changed: SourceTexts | null;
  readonly done: 'saved' | 'taken' | null;
}

/** Where the forms of a text are sent, and where it stands itself. */
function addressesOf({ text }: ReadTranslations): { readonly form: string; readonly back: string } {
  if (text.kind === 'comment') {
    const back = `/comments/${text.comment.id}`;
    return { form: `${back}/translations`, back };
  }
  const back = postHref(text.post);
  return { form: `${back}/translations`, back };
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

function nameOf({ by }: Pick<Translation, 'by'>, { translator: { t } }: Frame): string {
  return by?.displayName ?? t('comment.nameless');
}

/** By whoever wrote it, or by a moderator with a reason. */
function Removing({ translation, frame }: { translation: Translation; frame: Frame }) {
  const { t } = frame.translator;
  const action = `/translations/${translation.id}/remove`;
  if (translation.by !== null && translation.by.id === frame.member?.id) {
    return (
      <PostForm class="inline" action={action}>
        <button class="action" type="submit">
          {t('translation.takeBack')}
        </button>
      </PostForm>
    );
  }
  if (!mayModerate(frame.member)) return null;
  const id = `reason-${translation.language}`;
  return (
    <details>
      <summary>{t('translation.remove')}</summary>
      <PostForm class="form" action={action}>
        <SelectField id={id} name="reason" label={t('decide.reason')} errors={{}}>
          {REPORT_REASONS.map((reason) => (
            <option key={reason} value={reason}>
              {t(`reason.${reason}`)}
            </option>
          ))}
        </SelectField>
        <div class="buttons">
          <Submit label={t('translation.remove')} danger />
        </div>
      </PostForm>
    </details>
  );
}

function Entry({ translation, props }: { translation: Translation; props: TranslationsProps }) {
  const { frame, read, typed } = props;
  const { translator, now } = frame;
  const { t } = translator;
  const { language, earlier, stale = false } = translation;
  return (
    <article class="translation" id={language} aria-labelledby={`into-${language}`}>
      <h2 id={`into-${language}`} dir="auto">
        {TRANSLATION_LANGUAGES[language]}
      </h2>
      <Provenance translation={translation} frame={frame} />
      {stale && <p class="status">{t('translation.stale')}</p>}
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
        {typed !== null && (
          <a class="action" href={`${addressesOf(read).form}?language=${language}#write`}>
            {t('translation.change')}
          </a>
        )}
        <Removing translation={translation} frame={frame} />
      </div>
      {earlier.length > 0 && (
        <details>
          <summary>{t('translation.earlier')}</summary>
          <ol class="revisions">
            {earlier.map((one) => (
              <li key={one.writtenAt}>
                <p class="post-meta">
                  <span dir="auto">{nameOf(one, frame)}</span>
                  <TimeAgo at={one.writtenAt} translator={translator} now={now} />
                </p>
                <div class="diff" lang={language} dir="auto">
                  {one.body}
                </div>
              </li>
            ))}
          </ol>
        </details>
      )}
    </article>
  );
}

function Changed({ changed, frame: { translator } }: { changed: SourceTexts; frame: Frame }) {
  const { t } = translator;
  return (
    <>
      <p class="status">{t('translation.conflict')}</p>
      {changed.seen && (
        <>
          <p class="hint">{t('translation.seen')}</p>
          <blockquote class="quoted text diff" dir="auto" lang={languageOf(changed.seen.body)}>
            {changed.seen.body}
          </blockquote>
        </>
      )}
      <p class="hint">{t('translation.now')}</p>
      <blockquote class="quoted text diff" dir="auto" lang={languageOf(changed.now.body)}>
        {changed.now.title !== undefined && <strong>{changed.now.title}</strong>}
        {changed.now.body}
      </blockquote>
    </>
  );
}

function Write({ frame, read, typed, errors, changed }: TranslationsProps & { typed: TypedTranslation }) {
  const { translator } = frame;
  const { t } = translator;
  const { form } = addressesOf(read);
  return (
    <section id="write" aria-labelledby="write-title">
      <h2 id="write-title">{t('translation.add')}</h2>
      <FormFrame
        action={form}
        translator={translator}
        errors={errors}
        hidden={{ sourceRevision: String(read.sourceRevision) }}
        buttons={<Submit label={t('translation.save')} />}
      >
        {changed && <Changed changed={changed} frame={frame} />}
        <SelectField name="language" label={t('translation.language')} errors={errors}>
          {TRANSLATION_LANGUAGE_CODES.map((code) => (
            <option key={code} value={code} lang={code} selected={code === typed.language}>
              {TRANSLATION_LANGUAGES[code]}
            </option>
          ))}
        </SelectField>
        {read.text.kind === 'post' && (
          <TextField name="title" label={t('translation.titleField')} value={typed.title} errors={errors} />
        )}
        <TextArea
          name="body"
          label={t('translation.text')}
          hint={t('form.hint')}
          value={typed.body}
          rows={read.text.kind === 'post' ? 16 : 8}
          errors={errors}
        />
      </FormFrame>
    </section>
  );
}

/** A text, its translations by language, and the form for another one. */
export function TranslationsPage(props: TranslationsProps) {
  const { frame, read, typed, done } = props;
  const { t } = frame.translator;
  const title = t(read.text.kind === 'comment' ? 'translation.title' : 'translation.titlePost');
  const { form, back } = addressesOf(read);
  return (
    <Document frame={frame} title={title} known={{ path: form }}>
      <h1>{title}</h1>
      {done && <DoneText text={t(`translation.${done}`)} />}
      <Original frame={frame} read={read} isOpen={typed !== null || read.text.kind === 'comment'} />
      {read.items.length === 0 && <p class="empty">{t('translation.none')}</p>}
      {read.items.map((translation) => (
        <Entry key={translation.language} translation={translation} props={props} />
      ))}
      {typed && <Write {...props} typed={typed} />}
      <p class="aside">
        <a href={back}>{t(read.text.kind === 'comment' ? 'history.back' : 'translation.backPost')}</a>
      </p>
    </Document>
  );
}

/** What was typed, for whoever translated a text that is gone. */
export function GonePage({ frame, typed, reason }: { frame: Frame; typed: TypedTranslation; reason: string }) {
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t('translation.add')}>
      <h1>{t('translation.add')}</h1>
      <p class="status" role="alert">
        {reason}
      </p>
      <p>{t('translation.gone')}</p>
      <TextArea name="body" label={t('translation.text')} value={typed.body} rows={8} errors={{}} required={false} />
    </Document>
  );
}
