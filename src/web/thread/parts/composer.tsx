import type { TargetedKeyboardEvent } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { composed } from '../../../../libs/words/index.ts';
import type { MessageKey } from '../../shell/i18n/translate.ts';
import { PostForm } from '../../shell/post-form.tsx';
import { threadHref, useThread } from './context.ts';
import { commentsAction, FrameField, formOf, formTarget } from './frame-field.tsx';

/** The remaining characters at which the page begins to count down. */
const COUNT_FROM = 500;

/** Characters as the forum counts them: code points after NFC, without white space at the ends. */
export function lengthOf(text: string): number {
  return [...composed(text).trim()].length;
}

function Counter({ text }: { text: string }) {
  const { page, translator } = useThread();
  const left = page.mostCharacters - lengthOf(text);
  if (left > COUNT_FROM) return null;
  return (
    <span class={left < 0 ? 'counter over' : 'counter'}>
      {left < 0 ? translator.t('form.tooMany', { count: -left }) : translator.t('form.left', { count: left })}
    </span>
  );
}

/** The draft in the field: kept at every key in the browser, given by the server after a refusal. */
function useDraft(parentId: string | null, name: string, newId: string) {
  const { refused, actions } = useThread();
  const mine = refused !== null && refused.parentId === parentId ? refused : null;
  const given = mine?.text ?? '';
  const [text, setText] = useState(() => actions?.typed(name) || given);
  // A draft from an earlier visit comes after the first rendering, which must equal the server's, and before the next key;
  // a text that was given back is kept from then on.
  useLayoutEffect(() => {
    if (actions) setText(actions.draft(parentId, text, newId));
  }, [actions, parentId, newId, mine]);
  const write = (value: string) => {
    setText(value);
    actions?.keepDraft(parentId, value);
    actions?.typing(parentId);
  };
  return { text, write, clear: () => setText(''), reason: mine?.reason ?? null, taken: mine?.draft };
}

/** Control or Command and Enter send the form of a field. */
export function submitsWithKeys(event: TargetedKeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}

export interface ComposerProps {
  readonly parentId: string | null;
  readonly newId: string;
  /** Why nothing is taken here now: what was typed stays, to be copied. */
  readonly shut: MessageKey | null;
}

/** The form for a comment (no parent) or an answer; a plain form that posts to the server until the browser program takes it over. */
export function Composer({ parentId, newId, shut }: ComposerProps) {
  const { page, translator, actions, plain } = useThread();
  const { t } = translator;
  const answers = parentId !== null;
  const name = answers ? `answer-${parentId}` : 'new-comment';
  const draft = useDraft(parentId, name, newId);
  const { text, write, clear } = draft;
  const [problem, setProblem] = useState<string | null>(null);
  const reason = problem ?? draft.reason ?? (shut && t(shut));
  const field = useRef<HTMLTextAreaElement>(null);
  // Until there is a text again, a second press sends nothing and misses nothing: neither the sent text, which stands in
  // the field until the page is drawn anew, nor the field that is empty then.
  const isSent = useRef(false);
  useLayoutEffect(() => {
    if (text !== '') isSent.current = false;
  }, [text]);
  useEffect(() => {
    if (answers && actions?.takesFocus()) field.current?.focus();
  }, [answers, actions]);

  const isFine = lengthOf(text) > 0 && lengthOf(text) <= page.mostCharacters;
  if (shut && text === '') return null;
  return (
    <PostForm
      class="composer"
      id={answers ? 'answer' : 'comment-form'}
      action={commentsAction(page)}
      {...formOf(page)}
      onSubmit={(event) => {
        if (!actions) return;
        if (isSent.current) {
          event.preventDefault();
          return;
        }
        if (isFine) {
          if (!actions.post(parentId, text, newId)) return;
          isSent.current = true;
          clear();
        } else {
          const over = lengthOf(text) - page.mostCharacters;
          setProblem(over > 0 ? t('form.tooMany', { count: over }) : t('field.required'));
          field.current?.focus();
        }
        event.preventDefault();
      }}
    >
      <input type="hidden" name="id" value={newId} />
      <input type="hidden" name="parentId" value={parentId ?? ''} />
      <input type="hidden" name="sort" value={page.sort} />
      {draft.taken && <input type="hidden" name="draft" value={draft.taken} />}
      <FrameField />
      <label for={name}>{answers ? t('form.answer') : t('form.comment')}</label>
      {reason !== null && (
        <p class="field-error" id={`${name}-error`} role="alert">
          {reason}
        </p>
      )}
      <textarea
        id={name}
        ref={field}
        name="body"
        rows={answers ? 3 : 4}
        required={!isSent.current}
        readOnly={shut !== null}
        // Browsers refuse it in a frame, and say so; the program of the frame does the same there.
        autofocus={(reason !== null && page.post.frame === undefined) || undefined}
        dir="auto"
        aria-describedby={reason === null ? `${name}-hint` : `${name}-error ${name}-hint`}
        aria-invalid={reason !== null}
        value={text}
        onInput={(event) => {
          setProblem(null);
          write(event.currentTarget.value);
        }}
        onKeyDown={shut ? undefined : submitsWithKeys}
      />
      {!shut && (
        <div class="form-foot">
          <p class="hint" id={`${name}-hint`}>
            {t('form.hint')}
          </p>
          <Counter text={text} />
          <div class="buttons">
            {answers && (
              <a
                class="button quiet"
                href={threadHref(page, { hash: `comment-${parentId}` })}
                {...formTarget(page)}
                onClick={(event) => {
                  if (!actions) return;
                  event.preventDefault();
                  actions.keepDraft(parentId, '');
                  actions.open(null);
                }}
              >
                {t('form.cancel')}
              </a>
            )}
            <button class="button" type="submit">
              {answers ? t('form.postAnswer') : t('form.postComment')}
            </button>
            {plain && <plain.Buttons parentId={parentId} />}
          </div>
        </div>
      )}
      {plain && <plain.Preview parentId={parentId} />}
    </PostForm>
  );
}
