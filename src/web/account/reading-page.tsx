import { Document } from '../shell/document.tsx';
import type { FieldErrors } from '../shell/fields.tsx';
import type { Frame } from '../shell/frame.ts';
import { ReadingForm } from '../shell/reading-form.tsx';

/** The page on which a reader says which languages it reads. */
export function ReadingPage({
  frame,
  next,
  errors,
}: {
  readonly frame: Frame;
  readonly next: string;
  readonly errors: FieldErrors;
}) {
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t('reads.title')}>
      <div class="narrow">
        <h1>{t('reads.title')}</h1>
        <p>{t('reads.text')}</p>
        <ReadingForm frame={frame} next={next} errors={errors} />
      </div>
    </Document>
  );
}
