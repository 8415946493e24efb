import type { Comment } from '../../../libs/client/index.ts';
import { Document } from '../components/document.tsx';
import { type FieldErrors, FormError, TextArea } from '../components/fields.tsx';
import type { Frame } from '../components/frame.ts';
import { languageOf } from '../i18n/language-of.ts';

function CommentText({ comment }: { comment: Comment }) {
  const html = comment.bodyHtml ?? '';
  return (
    <blockquote class="quoted text" dir="auto" lang={languageOf(html)} dangerouslySetInnerHTML={{ __html: html }} />
  );
}

interface EditPageProps {
  readonly frame: Frame;
  readonly comment: Comment;
  readonly text: string;
  readonly errors: FieldErrors;
  /** Somebody changed it in between: the newest text is shown beside the writer's. */
  readonly stale: boolean;
}

export function EditCommentPage({ frame, comment, text, errors, stale }: EditPageProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('edit.title')}>
      <h1>{t('edit.title')}</h1>
      <form class="form" method="post" action={`/comments/${comment.id}/edit`}>
        <FormError errors={errors} translator={translator} />
        {stale && <CommentText comment={comment} />}
        <input type="hidden" name="revision" value={comment.revision} />
        <TextArea name="body" label={t('form.edit')} hint={t('form.hint')} value={text} rows={8} errors={errors} />
        <div class="buttons">
          <button class="button" type="submit">
            {t('form.save')}
          </button>
          <a class="button quiet" href={`/comments/${comment.id}`}>
            {t('form.cancel')}
          </a>
        </div>
      </form>
    </Document>
  );
}

export function RemoveCommentPage({ frame, comment, errors }: { frame: Frame; comment: Comment; errors: FieldErrors }) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('remove.title')}>
      <h1>{t('remove.title')}</h1>
      <form class="form" method="post" action={`/comments/${comment.id}/remove`}>
        <FormError errors={errors} translator={translator} />
        <CommentText comment={comment} />
        <p>{t('remove.text')}</p>
        <div class="buttons">
          <button class="button danger" type="submit">
            {t('remove.submit')}
          </button>
          <a class="button quiet" href={`/comments/${comment.id}`}>
            {t('remove.keep')}
          </a>
        </div>
      </form>
    </Document>
  );
}
