import type { ReportReason } from '../../../../libs/words/index.ts';
import type { Case } from '../../../views/moderation-queue/queue.query-types.ts';
import { TextArea } from '../../shell/fields.tsx';
import { FormFrame } from '../../shell/form-frame.tsx';
import type { Frame } from '../../shell/frame.ts';
import { KEYS, possibleActions } from '../decision/actions.ts';
import { likelyReason, ReasonChoice } from '../decision/reason-choice.tsx';
import { PurgeForm } from './purge-form.tsx';

/** The choices and words of a moderator whose decision was refused. */
export interface WrittenDecision {
  readonly reason: ReportReason | '';
  readonly note: string;
}

export interface DecisionFormProps {
  readonly found: Case;
  readonly frame: Frame;
  readonly hidden: Readonly<Record<string, string>>;
  /** The next case; '' on the last. */
  readonly next: string;
  readonly written: WrittenDecision | null;
}

/** Reason and note are a part of the decision, not a question after it. */
export function DecisionForm({ found, frame, hidden, next, written }: DecisionFormProps) {
  const { translator, member } = frame;
  const { t } = translator;
  const { comment } = found;
  const isOwn = member !== null && comment.author?.id === member.id;
  const actions = possibleActions(comment.status, found.list);
  if (isOwn) return <p class="notice">{t('decide.own')}</p>;
  if (actions.length === 0) return <p class="notice">{t('comment.erased')}</p>;
  const buttons = actions.map((action) => (
    <button
      key={action}
      class={action === 'remove' ? 'button quiet danger' : action === 'approve' ? 'button' : 'button quiet'}
      type="submit"
      name="action"
      value={action}
      data-key={KEYS[action]}
    >
      {t(`action.${action}`)} <kbd>{KEYS[action].toUpperCase()}</kbd>
    </button>
  ));
  return (
    <div class="decide" data-queue>
      <FormFrame
        action={`/moderation/cases/${comment.id}`}
        translator={translator}
        hidden={{ ...hidden, revision: String(comment.revision), next }}
        buttons={buttons}
      >
        <ReasonChoice chosen={written?.reason ?? likelyReason(found)} translator={translator} />
        <TextArea
          name="note"
          label={t('decide.note')}
          optional={t('form.optional')}
          value={written?.note ?? ''}
          rows={2}
          required={false}
          errors={{}}
        />
      </FormFrame>
      <PurgeForm commentId={comment.id} translator={translator} />
    </div>
  );
}
