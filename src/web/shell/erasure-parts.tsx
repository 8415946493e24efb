import type { Erasure } from '../../../libs/client/index.ts';
import { ERASED_COMMENTS, type ErasedComments } from '../../../libs/words/index.ts';
import { FormFrame, Submit } from './form-frame.tsx';
import { date } from './i18n/moments.ts';
import type { Translator } from './i18n/translate.ts';
import type { Typed } from './typed.ts';

/** The state in words of now: one that is due begins within moments, and nobody can take it back. */
export function shownState({ state, dueAt }: Pick<Erasure, 'state' | 'dueAt'>, now = Date.now()): Erasure['state'] {
  return state === 'waiting' && Date.parse(dueAt) <= now ? 'running' : state;
}

type Erased = 'member' | 'others' | 'comment';

interface WhatGoesProps {
  readonly of?: Exclude<Erased, 'comment'>;
  /** What was chosen of the member's comments, once it is. */
  readonly comments?: ErasedComments;
  readonly translator: Translator;
}

/** What goes and what stays, before it begins: of a member, or of people without an account. */
export function WhatGoes({ of = 'member', comments, translator }: WhatGoesProps) {
  const { t } = translator;
  const chosen = comments && (
    <dd>
      {t('erase.comments')}: {t(`erase.${comments}`)}
    </dd>
  );
  return (
    <dl class="erasure">
      <dt>{t('erase.goes')}</dt>
      <dd>{t(of === 'member' ? 'erase.goesText' : 'erase.othersGoesText')}</dd>
      {comments === 'remove' && chosen}
      <dt>{t('erase.stays')}</dt>
      {comments === 'keep' && chosen}
      <StaysText of={of} translator={translator} />
    </dl>
  );
}

/** What stayed, once it is done. */
export function WhatStays({ of, translator }: { readonly of: Erased; readonly translator: Translator }) {
  return (
    <dl class="erasure">
      <dt>{translator.t('erase.stays')}</dt>
      <StaysText of={of} translator={translator} />
    </dl>
  );
}

function StaysText({ of, translator: { t } }: { readonly of: Erased; readonly translator: Translator }) {
  return (
    <>
      {of !== 'comment' && <dd>{t(of === 'member' ? 'erase.staysText' : 'erase.othersStaysText')}</dd>}
      <dd>{t('erase.quotes')}</dd>
    </>
  );
}

/** Whether the comments stay without a name. Nothing is chosen before somebody chooses. */
function CommentsChoice(props: { readonly typed: Typed; readonly translator: Translator }) {
  const { typed, translator } = props;
  const { t } = translator;
  return (
    <fieldset>
      <legend>{t('erase.comments')}</legend>
      {ERASED_COMMENTS.map((what) => (
        <div key={what}>
          <label class="radio">
            <input type="radio" name="comments" value={what} required checked={typed['comments'] === what} />
            {t(`erase.${what}`)}
          </label>
        </div>
      ))}
    </fieldset>
  );
}

interface WhenProps {
  readonly days: number;
  readonly typed: Typed;
  readonly translator: Translator;
}

/** What is chosen of the comments and the time. When it begins stands above, since it is so whatever is chosen of them. */
export function ErasureChoices({ days, typed, translator }: WhenProps) {
  const { t } = translator;
  return (
    <>
      <p>{days === 0 ? t('erase.atOnce') : t('erase.waits', { count: days })}</p>
      <CommentsChoice typed={typed} translator={translator} />
      {days > 0 && (
        <p>
          <label class="radio">
            <input type="checkbox" name="immediately" value="1" checked={typed['immediately'] === '1'} />
            {t('erase.immediately')}
          </label>
        </p>
      )}
    </>
  );
}

/** An erasure that was asked for: when it begins and what counts, and the way back while there is one. */
export function PendingErasure(props: {
  readonly erasure: Erasure;
  /** The page to come back to; the form's own place without one. */
  readonly back?: string;
  /** Whether it stands alone, with all that goes and stays; among others the choice is enough. */
  readonly isWhole?: boolean;
  readonly translator: Translator;
}) {
  const { erasure, back, isWhole = false, translator } = props;
  const { t } = translator;
  const { id, comments, dueAt } = erasure;
  const state = shownState(erasure);
  if (state !== 'waiting') {
    return (
      <p class="notice">
        <a href={`/erasures/${id}`}>{t('erasure.title')}</a>: {t(`erasure.state.${state}`)}
      </p>
    );
  }
  return (
    <>
      <p class="notice">
        {t('erasure.due', { date: date(dueAt, { translator, isLocal: false }) })}
        {!isWhole && (
          <>
            <br />
            {t('erase.comments')}: {t(`erase.${comments}`)}
          </>
        )}
      </p>
      {isWhole && <WhatGoes comments={comments} translator={translator} />}
      <p class="hint">
        <a href={`/erasures/${id}`}>{t('erasure.title')}</a>
      </p>
      <FormFrame
        action={`/settings/data/erasure/${id}/back`}
        translator={translator}
        hidden={back === undefined ? {} : { back }}
        buttons={<Submit label={t('erasure.takeBack')} />}
      >
        {null}
      </FormFrame>
    </>
  );
}
