import type { Erasure } from '../../../libs/client/index.ts';
import { ERASED_COMMENTS } from '../../../libs/words/index.ts';
import { FormFrame, Submit } from './form-frame.tsx';
import { date } from './i18n/moments.ts';
import type { Translator } from './i18n/translate.ts';
import type { Typed } from './typed.ts';

/** The state in words of now: one that is due begins within moments, and nobody can take it back. */
export function shownState({ state, dueAt }: Pick<Erasure, 'state' | 'dueAt'>, now = Date.now()): Erasure['state'] {
  return state === 'waiting' && Date.parse(dueAt) <= now ? 'running' : state;
}

/** What goes and what stays, before anybody presses: of a member, or of people without an account. */
export function WhatGoes(props: { readonly of?: 'member' | 'others'; readonly translator: Translator }) {
  const { of = 'member', translator } = props;
  const { t } = translator;
  return (
    <dl class="erasure">
      <dt>{t('erase.goes')}</dt>
      <dd>{t(of === 'member' ? 'erase.goesText' : 'erase.othersGoesText')}</dd>
      <dt>{t('erase.stays')}</dt>
      <dd>{t(of === 'member' ? 'erase.staysText' : 'erase.othersStaysText')}</dd>
    </dl>
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
  readonly translator: Translator;
}) {
  const { erasure, back, translator } = props;
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
        <br />
        {t('erase.comments')}: {t(`erase.${comments}`)}
      </p>
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
