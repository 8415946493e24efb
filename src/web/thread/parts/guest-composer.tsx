import { useRef } from 'preact/hooks';
import { PostForm } from '../../shell/post-form.tsx';
import { UnseenFields } from '../../shell/unseen-fields.tsx';
import type { ComposerProps } from './composer.tsx';
import { threadHref, useThread } from './context.ts';
import { commentsAction, FrameField, formTarget } from './frame-field.tsx';

/**
 * The form of those without an account, where the site takes guests: a plain form, with and without the browser program,
 * since nothing of it is shown here when it was sent. It is nobody's, also once somebody has signed in in this browser.
 */
export function GuestComposer({ parentId, shut }: Pick<ComposerProps, 'parentId' | 'shut'>) {
  const { page, translator, refused, plain, actions } = useThread();
  const { t } = translator;
  const mine = refused !== null && refused.parentId === parentId ? refused : null;
  const wrong = mine?.reason ? (mine.guest?.field ?? 'body') : null;
  const answers = parentId !== null;
  const [id, where] = answers ? [`answer-${parentId}`, 'answer'] : ['new-comment', 'comment-form'];
  const field = useRef<HTMLTextAreaElement>(null);
  if (shut && !(field.current?.value || mine)) return null;
  const reason = mine?.reason ?? (shut && t(shut));
  const attributes = (field: 'body' | 'name' | 'email') => ({
    id: field === 'body' ? id : `${id}-${field}`,
    name: field,
    required: true,
    // Browsers refuse it in a frame, and say so; the program of the frame does the same there.
    autofocus: (wrong === field && page.post.frame === undefined) || undefined,
    'aria-invalid': wrong === field || undefined,
    'aria-describedby': wrong === field ? `${id}-error ${id}-hint` : `${id}-hint`,
  });
  return (
    <PostForm class="composer" id={where} action={commentsAction(page)} {...formTarget(page)} as="">
      <input type="hidden" name="parentId" value={parentId ?? ''} />
      <input type="hidden" name="sort" value={page.sort} />
      <FrameField />
      <h3>{t('form.guest.title')}</h3>
      {reason && (
        <p class="field-error" id={`${id}-error`} role="alert">
          {reason}
        </p>
      )}
      <label for={id}>{answers ? t('form.answer') : t('form.comment')}</label>
      <textarea
        {...attributes('body')}
        ref={field}
        rows={answers ? 3 : 4}
        dir="auto"
        readOnly={shut !== null}
        defaultValue={mine?.text ?? ''}
      />
      <div class="guest-fields">
        <div>
          <label for={`${id}-name`}>{t('form.guest.name')}</label>
          <input
            {...attributes('name')}
            type="text"
            autocomplete="name"
            dir="auto"
            defaultValue={mine?.guest?.name ?? ''}
          />
        </div>
        <div>
          <label for={`${id}-email`}>{t('form.guest.email')}</label>
          <input
            {...attributes('email')}
            type="email"
            autocomplete="email"
            dir="ltr"
            defaultValue={mine?.guest?.email ?? ''}
          />
        </div>
      </div>
      <UnseenFields stamp={mine?.guest?.stamp ?? page.stamp ?? ''} proof={page.proof ?? null} translator={translator} />
      <div class="form-foot">
        <p class="hint" id={`${id}-hint`}>
          {t('form.guest.hint')}
        </p>
        <div class="buttons">
          {answers && (
            <a
              class="button quiet"
              href={threadHref(page, { hash: `comment-${parentId}` })}
              {...formTarget(page)}
              onClick={(event) => {
                if (!actions) return;
                event.preventDefault();
                actions.open(null);
              }}
            >
              {t('form.cancel')}
            </a>
          )}
          <button class="button" type="submit" disabled={shut !== null}>
            {answers ? t('form.postAnswer') : t('form.postComment')}
          </button>
          {plain && <plain.Buttons parentId={parentId} />}
        </div>
      </div>
      {plain && <plain.Preview parentId={parentId} />}
    </PostForm>
  );
}
