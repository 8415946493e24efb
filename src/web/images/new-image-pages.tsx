import type { StoredImage } from '../../../libs/client/index.ts';
import { Document } from '../shell/document.tsx';
import { type FieldErrors, FileField, TextField } from '../shell/fields.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import type { Carried } from './carried.ts';

/** The text that waits for a picture, and the form that it goes back to. */
interface Waiting {
  readonly frame: Frame;
  readonly to: string | null;
  readonly carried: Carried;
}

interface NewImageProps extends Waiting {
  /** The UUID by which the same file sent twice is one picture. */
  readonly pictureKey: string;
  readonly alt: string;
  readonly errors: FieldErrors;
}

/** Leads back with the text as it is: another address and another encoding than those of the form that it stands in. */
function BackWithText({ to, label }: { readonly to: string; readonly label: string }) {
  return (
    <button
      class="button quiet"
      type="submit"
      name="preview"
      value="1"
      formAction={to}
      formenctype="application/x-www-form-urlencoded"
      formNoValidate
    >
      {label}
    </button>
  );
}

/** Adds a picture where no program does. */
export function NewImagePage({ frame, to, carried, pictureKey, alt, errors }: NewImageProps) {
  const { translator } = frame;
  const { t } = translator;
  const hidden = { ...carried, key: pictureKey, ...(to !== null && { to }) };
  const buttons = (
    <>
      <Submit label={t('picture.add')} />
      {to !== null && <BackWithText to={to} label={t('picture.back')} />}
    </>
  );
  return (
    <Document frame={frame} title={t('picture.add')}>
      <h1>{t('picture.add')}</h1>
      <FormFrame action="/images/new" translator={translator} errors={errors} hidden={hidden} files buttons={buttons}>
        <TextField
          name="alt"
          label={t('picture.alt')}
          optional={t('form.optional')}
          hint={t('picture.altHint')}
          value={alt}
          required={false}
          errors={errors}
        />
        <FileField
          name="file"
          label={t('picture.file')}
          hint={t('picture.fileHint')}
          accept="image/jpeg,image/png,image/gif,image/webp,image/avif"
          errors={errors}
        />
      </FormFrame>
    </Document>
  );
}

interface BroughtProps extends Waiting {
  readonly image: StoredImage;
  readonly alt: string;
  readonly markdown: string;
}

/** The picture is kept: it goes into the text that waits for it, or its Markdown into any other. */
export function BroughtImagePage({ frame, to, carried, image, alt, markdown }: BroughtProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('picture.there')}>
      <h1>{t('picture.there')}</h1>
      <p>
        <img class="brought" src={image.address} width={image.width} height={image.height} alt={alt} />
      </p>
      {to !== null && (
        <FormFrame
          action={to}
          translator={translator}
          hidden={{ ...carried, preview: '1' }}
          buttons={<Submit label={t('picture.goOn')} />}
        >
          <p>{t('picture.goOnHint')}</p>
        </FormFrame>
      )}
      <div class="field">
        <label for="markdown">{t('picture.markdown')}</label>
        <textarea id="markdown" rows={2} readOnly dir="auto" value={markdown} aria-describedby="markdown-hint" />
        <p class="hint" id="markdown-hint">
          {t('picture.markdownHint')}
        </p>
      </div>
      <p class="aside">
        <a href="/images/new">{t('picture.another')}</a> · <a href="/settings/images">{t('images.title')}</a>
      </p>
    </Document>
  );
}
