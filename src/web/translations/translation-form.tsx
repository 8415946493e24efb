import { TRANSLATION_LANGUAGE_CODES } from '../../../libs/words/index.ts';
import { type ReadTranslations, Translating } from '../../acts/translating.ts';
import type { RemovedTranslation } from '../../views/translations/translations.query-types.ts';
import { type FieldErrors, SelectField, TextArea, TextField } from '../shell/fields.tsx';
import { FormFrame, PreviewButton, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { languageNames } from '../shell/i18n/language-names.ts';
import type { Translator } from '../shell/i18n/translate.ts';
import { shownHtml } from '../shell/shown-html.ts';
import { type ChangedSource, ChangedSourcePart } from './changed-source.tsx';
import { seenFields } from './seen-source.ts';
import { translatedPlaces } from './translated-places.ts';

/** What a form that adds a translation was sent with, or is begun with. */
export interface TypedTranslation {
  readonly language: string;
  readonly title: string;
  readonly body: string;
  /** The language that the form began with, by which the browser keeps what is half typed; null before it is sent. */
  readonly begun: string | null;
  /** The language about which whoever sent it was asked whether the words are in it. */
  readonly asked: string;
}

interface TranslationFormProps {
  readonly frame: Frame;
  readonly read: ReadTranslations;
  readonly removed: readonly Pick<RemovedTranslation, 'language' | 'changed'>[];
  readonly typed: TypedTranslation;
  readonly errors: FieldErrors;
  /** Where the source was changed while it was translated. */
  readonly changed: ChangedSource | null;
  /** The text as readers would see it, when a preview was asked for. */
  readonly previewHtml: string | null;
}

/** Always there, since a browser with scripts fills it while one writes. */
function Preview({
  frame: { translator },
  typed,
  previewHtml,
}: Pick<TranslationFormProps, 'frame' | 'typed' | 'previewHtml'>) {
  const isShown = previewHtml !== null;
  return (
    <section
      class="preview"
      id="preview"
      aria-labelledby="preview-title"
      tabIndex={isShown ? 0 : undefined}
      hidden={!isShown}
    >
      <h3 id="preview-title">{translator.t('write.preview')}</h3>
      <div
        class="text"
        dir="auto"
        lang={typed.language || undefined}
        dangerouslySetInnerHTML={previewOf(previewHtml ?? '', translator)}
      />
    </section>
  );
}

/** The preview as it stands in its part of the page. */
export function previewOf(html: string, translator: Translator): { readonly __html: string } {
  return shownHtml(html, { from: 3, translator });
}

function idOf({ text }: Pick<ReadTranslations, 'text'>): string {
  return text.kind === 'comment' ? text.comment.id : text.post.id;
}

/** The form for another translation, or a better one; what is half typed is kept for each text and language that it begins with. */
export function TranslationForm(props: TranslationFormProps) {
  const { frame, read, removed, typed, errors, changed, previewHtml } = props;
  const { translator } = frame;
  const { t } = translator;
  const { form } = translatedPlaces(read);
  const begun = typed.begun ?? typed.language;
  const original = Translating.languageOf(read.text);
  const standing: readonly string[] = [...read.items.map(({ language }) => language), ...read.unopened];
  // One that stands is changed by way of its own link, with its words in the field.
  const isOpen = (code: string): boolean =>
    code !== original &&
    !removed.some(({ language, changed: isFree }) => language === code && !isFree) &&
    (code === typed.language || !standing.includes(code));
  return (
    <section id="write" aria-labelledby="write-title">
      <h2 id="write-title">{t('translation.add')}</h2>
      <FormFrame
        action={form}
        translator={translator}
        errors={errors}
        hidden={{ sourceRevision: String(read.sourceRevision), ...seenFields(read.text), begun, asked: typed.asked }}
        draft={{
          name: [frame.member?.id, 'translation', idOf(read), begun].join(':'),
          isTyped: changed !== null || previewHtml !== null || Object.keys(errors).length > 0,
        }}
        buttons={
          <>
            <Submit label={t('translation.save')} />
            <PreviewButton action={form} label={t('write.preview')} />
          </>
        }
      >
        <p class="notice" role="status" hidden data-source-changed>
          {t('translation.meanwhile')}
        </p>
        {changed && <ChangedSourcePart language={original} changed={changed} frame={frame} />}
        <SelectField name="language" label={t('translation.language')} errors={errors} required>
          <option value="" selected={typed.language === ''}>
            {t('record.choose')}
          </option>
          {TRANSLATION_LANGUAGE_CODES.filter(isOpen).map((code) => (
            <option key={code} value={code} selected={code === typed.language}>
              {languageNames(code, translator)}
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
      <Preview {...props} />
    </section>
  );
}
