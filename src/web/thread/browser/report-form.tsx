import { useState } from 'preact/hooks';
import { ModerationClient } from '../../../../libs/client/moderation-client.ts';
import { ColloquyProblem } from '../../../../libs/client/problem.ts';
import type { ColloquyClient } from '../../../../libs/client/rest-client.ts';
import { REPORT_REASONS, type ReportReason } from '../../../../libs/words/index.ts';
import { keep, kept } from '../../shell/browser/kept.ts';
import { type OwnForm, useThread } from '../parts/context.ts';
import { useFocus } from './own-forms.tsx';
import { type Refusal, RefusalNotice, refusalInWords } from './refusal.tsx';

const reasonIn = (form: FormData): ReportReason | undefined =>
  REPORT_REASONS.find((reason) => reason === form.get('reason'));

/** The form to report a comment, below it; without this program it is a page of its own. */
export function reportForm(rest: ColloquyClient): OwnForm {
  const moderation = new ModerationClient(rest.http);
  return function Report({ comment: { id } }) {
    const { translator, actions, page } = useThread();
    const { t } = translator;
    // What is typed stays in this browser until it is sent or given up.
    const key = `colloquy:report:${page.viewer?.memberId ?? ''}:${id}`;
    const [refusal, setRefusal] = useState<Refusal | null>(null);
    const [isDone, setDone] = useState(false);
    const thanks = useFocus<HTMLParagraphElement>(isDone);
    const send = (form: HTMLFormElement): void => {
      const data = new FormData(form);
      const reason = reasonIn(data);
      if (reason === undefined) return;
      const note = String(data.get('note') ?? '').trim();
      moderation.report(id, { reason, note: note === '' ? null : note }).then(
        () => {
          keep(key, null);
          setDone(true);
        },
        (failure: unknown) => {
          if (!(failure instanceof ColloquyProblem)) throw failure;
          setRefusal(refusalInWords(failure, translator));
        },
      );
    };
    if (isDone)
      return (
        <p class="status" role="status" tabIndex={-1} ref={thanks}>
          {t('complain.thanks')}
        </p>
      );
    return (
      <form
        class="composer report"
        onSubmit={(event) => {
          event.preventDefault();
          send(event.currentTarget);
        }}
      >
        <p>{t('complain.text')}</p>
        <fieldset class="radios">
          <legend>{t('decide.reason')}</legend>
          {REPORT_REASONS.map((reason) => (
            <label key={reason} class="radio">
              <input type="radio" name="reason" value={reason} required />
              {t(`reason.${reason}`)}
            </label>
          ))}
        </fieldset>
        <label for={`report-${id}`}>
          {t('complain.note')} <span class="optional">({t('form.optional')})</span>
        </label>
        <textarea
          id={`report-${id}`}
          name="note"
          rows={3}
          dir="auto"
          defaultValue={kept(key) ?? ''}
          onInput={(event) => keep(key, event.currentTarget.value)}
        />
        <RefusalNotice refusal={refusal} />
        <div class="buttons">
          <button
            class="button quiet"
            type="button"
            onClick={() => {
              keep(key, null);
              actions?.open(null);
            }}
          >
            {t('form.cancel')}
          </button>
          <button class="button" type="submit">
            {t('complain.submit')}
          </button>
        </div>
      </form>
    );
  };
}
