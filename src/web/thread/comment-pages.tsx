import type { Comment } from '../../../libs/client/index.ts';
import { Document } from '../shell/document.tsx';
import { type FieldErrors, TextArea } from '../shell/fields.tsx';
import { Cancel, FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { minutesToEdit } from './parts/edit-time.ts';
import { TextOfComment } from './text-of-comment.tsx';

interface EditPageProps {
  readonly frame: Frame;
  readonly comment: Comment;
  readonly text: string;
  /** The position of the draft that the text was taken from. */
  readonly draft?: string;
  readonly errors: FieldErrors;
  /** True when somebody changed it in between: the newest text is shown beside the writer's. */
  readonly stale: boolean;
}

export function EditCommentPage({ frame, comment, text, draft = '', errors, stale }: EditPageProps) {
  const { translator } = frame;
  const { t } = translator;
  const { editWindowMinutes } = frame.site.discussion;
  const left = editWindowMinutes === null ? null : minutesToEdit(comment.createdAt, editWindowMinutes, Date.now());
  const buttons = (
    <>
      <Submit label={t('form.save')} />
      <Cancel href={`/comments/${comment.id}`} label={t('form.cancel')} />
      {frame.site.discussion.images && (
        <button
          class="button quiet scriptless"
          type="submit"
          formAction={`/images/new?to=${encodeURIComponent(`/comments/${comment.id}/edit`)}`}
          formNoValidate
        >
          {t('picture.add')}
        </button>
      )}
    </>
  );
  return (
    <Document frame={frame} title={t('edit.title')} scripts={['write.js']}>
      <h1>{t('edit.title')}</h1>
      <FormFrame
        action={`/comments/${comment.id}/edit`}
        translator={translator}
        errors={errors}
        hidden={{ revision: String(comment.revision), draft }}
        draft={{ name: `${frame.member?.id}:comment:${comment.id}`, isTyped: Object.keys(errors).length > 0 }}
        buttons={buttons}
      >
        {stale && <TextOfComment comment={comment} translator={translator} />}
        <TextArea name="body" label={t('form.edit')} hint={t('form.hint')} value={text} rows={8} errors={errors} />
        {left !== null && left > 0 && <p class="hint">{t('compose.editLeft', { count: left })}</p>}
      </FormFrame>
    </Document>
  );
}

export function RemoveCommentPage({ frame, comment, errors }: { frame: Frame; comment: Comment; errors: FieldErrors }) {
  const { translator } = frame;
  const { t } = translator;
  const buttons = (
    <>
      <Submit label={t('remove.submit')} danger />
      <Cancel href={`/comments/${comment.id}`} label={t('remove.keep')} />
    </>
  );
  return (
    <Document frame={frame} title={t('remove.title')}>
      <h1>{t('remove.title')}</h1>
      <FormFrame action={`/comments/${comment.id}/remove`} translator={translator} errors={errors} buttons={buttons}>
        <TextOfComment comment={comment} translator={translator} />
        <p>{t('remove.text')}</p>
      </FormFrame>
    </Document>
  );
}
