import { Document } from '../shell/document.tsx';
import { type FieldErrors, SelectField, TextArea, TextField } from '../shell/fields.tsx';
import { FormFrame } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { LocaleOptions } from '../shell/language-form.tsx';
import { shownHtml } from '../shell/shown-html.ts';
import { type Typed } from '../shell/typed.ts';
import { timeOfDay, zoneLabel } from '../shell/zones.ts';
import { writeData } from './write-data.ts';

interface WritePageProps {
  readonly frame: Frame;
  readonly typed: Typed;
  readonly errors: FieldErrors;
  /** The text as readers would see it, when a preview was asked for. */
  readonly previewHtml: string | null;
  /** The fields hold text typed a moment ago: after a preview or a refusal. */
  readonly isTyped: boolean;
  /** The slug of the edited post; null for a new one. */
  readonly slug: string | null;
}

function Radio({ name, value, chosen, label }: { name: string; value: string; chosen: string; label: string }) {
  return (
    <label class="radio">
      <input type="radio" name={name} value={value} checked={value === chosen} />
      {label}
    </label>
  );
}

function Publication({ frame, typed, errors }: Pick<WritePageProps, 'frame' | 'typed' | 'errors'>) {
  const { translator, site, now } = frame;
  const { t, digits } = translator;
  const when = typed['when'] || 'now';
  return (
    <fieldset>
      <legend>{t('write.when')}</legend>
      <div class="radios">
        <Radio name="when" value="now" chosen={when} label={t('write.now')} />
        <Radio name="when" value="later" chosen={when} label={t('write.later')} />
      </div>
      <TextField
        name="publishAt"
        type="datetime-local"
        label={t('write.at', { zone: zoneLabel(site.timeZone, now) })}
        hint={t('write.atHint', { time: digits(timeOfDay(site.timeZone, now)) })}
        value={typed['publishAt'] ?? ''}
        required={false}
        errors={errors}
      />
    </fieldset>
  );
}

function Preview({ frame, typed, html }: { frame: Frame; typed: Typed; html: string }) {
  const locale = typed['locale'] ?? frame.translator.locale;
  return (
    <section class="preview" id="preview" aria-labelledby="preview-title">
      <h2 id="preview-title">{frame.translator.t('write.preview')}</h2>
      <div
        class="post-body text"
        lang={locale}
        dir="auto"
        dangerouslySetInnerHTML={shownHtml(html, { from: 3, translator: frame.translator })}
      />
    </section>
  );
}

/** Editors write here: Markdown with a preview, now or at a time. */
export function WritePage({ frame, typed, errors, previewHtml, isTyped, slug }: WritePageProps) {
  const { translator } = frame;
  const { t } = translator;
  const isNew = slug === null;
  const title = isNew ? t('write.title') : t('write.editTitle');
  const kind = typed['kind'] ?? 'article';
  const action = isNew ? '/write' : `/posts/${encodeURIComponent(slug)}/edit`;
  const buttons = (
    <>
      <button class="button" type="submit" name="do" value="publish">
        {isNew ? t('write.publish') : t('form.save')}
      </button>
      <button class="button quiet" type="submit" name="do" value="preview" formAction={`${action}#preview`}>
        {t('write.preview')}
      </button>
    </>
  );
  return (
    <Document frame={frame} title={title} scripts={['write.js']} data={writeData(frame)}>
      <h1>{title}</h1>
      <FormFrame
        action={action}
        translator={translator}
        errors={errors}
        hidden={typed['id'] ? { id: typed['id'] } : {}}
        draft={{ name: `${frame.member?.id}:${slug ?? ''}`, isTyped }}
        buttons={buttons}
      >
        <TextField name="title" label={t('write.postTitle')} value={typed['title'] ?? ''} errors={errors} />
        <TextArea
          name="body"
          label={t('write.body')}
          hint={t('write.markdown')}
          value={typed['body'] ?? ''}
          rows={16}
          errors={errors}
        />
        <p class="scriptless">
          <a href="/images/new" target="_blank" rel="noopener">
            {t('picture.add')}
          </a>
        </p>
        <TextArea
          name="excerpt"
          label={t('write.excerpt')}
          optional={t('form.optional')}
          hint={t('write.excerptHint')}
          value={typed['excerpt'] ?? ''}
          rows={3}
          required={false}
          errors={errors}
        />
        <TextField
          name="tags"
          label={t('write.tags')}
          optional={t('form.optional')}
          hint={t('write.tagsHint')}
          value={typed['tags'] ?? ''}
          required={false}
          errors={errors}
        />
        <SelectField name="locale" label={t('write.language')} errors={errors}>
          <LocaleOptions chosen={typed['locale'] ?? translator.locale} />
        </SelectField>
        {isNew && (
          <fieldset>
            <legend>{t('write.kind')}</legend>
            <div class="radios">
              <Radio name="kind" value="article" chosen={kind} label={t('write.article')} />
              <Radio name="kind" value="newsletter" chosen={kind} label={t('write.newsletter')} />
            </div>
            <p class="hint">{t('write.kindHint')}</p>
          </fieldset>
        )}
        {isNew && <Publication frame={frame} typed={typed} errors={errors} />}
        {previewHtml !== null && <Preview frame={frame} typed={typed} html={previewHtml} />}
      </FormFrame>
    </Document>
  );
}
