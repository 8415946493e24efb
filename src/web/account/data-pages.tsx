import type { Erasure } from '../../../libs/client/index.ts';
import { Document } from '../shell/document.tsx';
import { Done, type DoneAct } from '../shell/done.tsx';
import { ErasureChoices, PendingErasure, shownState, WhatGoes, WhatStays } from '../shell/erasure-parts.tsx';
import { type FieldErrors, TextField } from '../shell/fields.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { date, exactTime } from '../shell/i18n/moments.ts';
import { Sentence } from '../shell/told-time.tsx';
import type { Typed } from '../shell/typed.ts';

interface OwnDataProps {
  readonly frame: Frame;
  /** The erasure that was asked for; null for none. */
  readonly erasure: Erasure | null;
  /** One that was taken back with the account; null for none. */
  readonly undone: { readonly requestedAt: string; readonly undoneAt: string | null } | null;
  /** Days in which it can be taken back. */
  readonly days: number;
  readonly hasPassword: boolean;
  readonly typed: Typed;
  readonly errors: FieldErrors;
  readonly done: DoneAct | null;
}

function EraseForm({ frame, days, hasPassword, typed, errors }: OwnDataProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <FormFrame
      action="/settings/data/erasure"
      translator={translator}
      errors={errors}
      buttons={<Submit label={t('erase.submit')} danger />}
    >
      <WhatGoes translator={translator} />
      <ErasureChoices days={days} typed={typed} translator={translator} />
      {hasPassword ? (
        <TextField
          name="password"
          type="password"
          label={t('fresh.password')}
          value=""
          autocomplete="current-password"
          errors={errors}
        />
      ) : (
        <p class="hint">{t('erase.freshHint')}</p>
      )}
    </FormFrame>
  );
}

/** What the forum keeps of a member: to take along, and to have erased. */
export function OwnDataPage(props: OwnDataProps) {
  const { frame, erasure, undone, errors, done } = props;
  const { translator } = frame;
  const { t } = translator;
  const day = (iso: string): string => date(iso, { translator, isLocal: false });
  return (
    <Document frame={frame} title={t('data.title')} styles={['account.css']}>
      <h1>{t('data.title')}</h1>
      <p class="lead">{t('data.lead')}</p>
      <Done done={done} translator={translator} />
      <section aria-labelledby="download">
        <h2 id="download">{t('data.download')}</h2>
        <p>{t('data.downloadHint')}</p>
        <p class="hint">{t('data.leftOut')}</p>
        <div class="form">
          <a class="button" href="/api/v1/members/me/data" download>
            {t('data.download')}
          </a>
        </div>
      </section>
      <section aria-labelledby="erase">
        <h2 id="erase">{t('erase.title')}</h2>
        {undone?.undoneAt != null && (
          <p class="notice">{t('erase.undone', { asked: day(undone.requestedAt), date: day(undone.undoneAt) })}</p>
        )}
        {erasure === null ? (
          <EraseForm {...props} />
        ) : (
          <>
            {errors[''] !== undefined && (
              <p class="form-error" role="alert">
                {errors['']}
              </p>
            )}
            <PendingErasure erasure={erasure} isWhole translator={translator} />
          </>
        )}
      </section>
      <p class="aside">
        <a href="/settings">{t('nav.settings')}</a>
      </p>
    </Document>
  );
}

/** How far an erasure is, for whoever has its address. It names nobody. */
export function ErasurePage(props: {
  readonly frame: Frame;
  readonly erasure: Erasure;
  /** Where this reader can take it back; null for one who cannot. */
  readonly backPath: string | null;
}) {
  const { frame, erasure, backPath } = props;
  const { translator } = frame;
  const { t, number } = translator;
  const { steps, comments, requestedAt, dueAt, finishedAt, proof } = erasure;
  const state = shownState(erasure);
  const what = erasure.subject === 'member' ? comments : erasure.subject;
  const exact = (iso: string): string => exactTime(iso, { translator, isLocal: false });
  return (
    <Document frame={frame} title={t('erasure.title')} styles={['account.css']} tellsMembership>
      <h1>{t('erasure.title')}</h1>
      <p class="lead" role="status">
        {t(`erasure.state.${state}`)}
      </p>
      {state === 'waiting' && <p>{t('erasure.due', { date: date(dueAt, { translator, isLocal: false }) })}</p>}
      {state === 'waiting' && backPath !== null && (
        <p>
          <a href={backPath}>{t('erasure.takeBack')}</a>
        </p>
      )}
      {state === 'waiting' && erasure.subject === 'member' && <WhatGoes comments={comments} translator={translator} />}
      {state === 'done' && (
        <>
          <p>{t(`erasure.done.${what}`)}</p>
          <WhatStays of={erasure.subject === 'imported' ? 'others' : erasure.subject} translator={translator} />
        </>
      )}
      <p class="hint">
        <Sentence tell={(times) => t('erasure.askedOn', times)} times={{ date: requestedAt }} translator={translator} />
        {finishedAt !== null && (
          <>
            <br />
            <Sentence
              tell={(times) => t('erasure.finishedOn', times)}
              times={{ date: finishedAt }}
              translator={translator}
            />
          </>
        )}
      </p>
      {steps.length > 0 && (
        <section aria-labelledby="steps">
          <h2 id="steps">{t('erasure.steps')}</h2>
          <ul class="erasure-steps">
            {steps.map(({ step, count, at }) => (
              <li key={step}>
                {t(`erasure.step.${step}`)} {step !== 'sessions' && <strong>{number(count)}</strong>}{' '}
                <time dateTime={at} class="hint">
                  {exact(at)}
                </time>
              </li>
            ))}
          </ul>
        </section>
      )}
      {proof !== null && (
        <p>
          <a href={`/api/v1/erasures/${erasure.id}`}>
            {t('erasure.proof', { index: number(proof.index), size: number(proof.size) })}
          </a>
        </p>
      )}
      <p class="hint">{t('erasure.keepAddress')}</p>
    </Document>
  );
}
