import { REPORT_REASONS, type ReportReason } from '../../../libs/client/index.ts';
import type { Case } from '../../views/moderation-queue/queue.query-types.ts';
import { TextArea } from '../components/fields.tsx';
import { FormFrame } from '../components/form-frame.tsx';
import type { Frame } from '../components/frame.ts';
import { KEYS, possibleActions } from './words.ts';

/** What most complain of is chosen beforehand, so that one key records the usual ruling with its reason. */
function likelyReason({ reports, findings }: Case): ReportReason | '' {
  const open = reports.filter(({ outcome }) => outcome === 'open');
  const counted = REPORT_REASONS.map((reason) => ({
    reason,
    weight: open.filter((report) => report.reason === reason).reduce((sum, { weight }) => sum + weight + 0.01, 0),
  }));
  const most = counted.reduce((best, one) => (one.weight > best.weight ? one : best));
  if (most.weight > 0) return most.reason;
  return findings.some(({ rule }) => rule === 'links' || rule === 'repeated-text' || rule === 'flooding') ? 'spam' : '';
}

function Reasons({ chosen, frame }: { chosen: string; frame: Frame }) {
  const { t } = frame.translator;
  return (
    <fieldset class="reasons">
      <legend>{t('decide.reason')}</legend>
      {['' as const, ...REPORT_REASONS].map((reason, index) => (
        <label key={reason} class="radio">
          <input type="radio" name="reason" value={reason} checked={reason === chosen} data-key={String(index)} />
          {reason === '' ? t('decide.noReason') : t(`reason.${reason}`)}
        </label>
      ))}
    </fieldset>
  );
}

interface DecisionFormProps {
  readonly found: Case;
  readonly frame: Frame;
  readonly hidden: Readonly<Record<string, string>>;
  /** The case that follows; '' on the last. */
  readonly next: string;
}

/** Reason and note are a part of the ruling, not a question after it. */
export function DecisionForm({ found, frame, hidden, next }: DecisionFormProps) {
  const { translator, member } = frame;
  const { t } = translator;
  const { comment } = found;
  const isOwn = comment.author?.id !== null && comment.author?.id === member?.id;
  const actions = possibleActions(comment.status, found.list);
  if (isOwn) return <p class="notice">{t('decide.own')}</p>;
  if (actions.length === 0) return <p class="notice">{t('comment.erased')}</p>;
  const buttons = actions.map((action) => (
    <button
      key={action}
      class={action === 'remove' ? 'button danger' : action === actions[0] ? 'button' : 'button quiet'}
      type="submit"
      name="action"
      value={action}
      data-key={KEYS[action]}
    >
      {t(`action.${action}`)} <kbd>{KEYS[action].toUpperCase()}</kbd>
    </button>
  ));
  return (
    <div class="decide" data-desk>
      <FormFrame
        action={`/moderation/cases/${comment.id}`}
        translator={translator}
        hidden={{ ...hidden, revision: String(comment.revision), next }}
        buttons={buttons}
      >
        <Reasons chosen={likelyReason(found)} frame={frame} />
        <TextArea
          name="note"
          label={t('decide.note')}
          optional={t('form.optional')}
          value=""
          rows={2}
          required={false}
          errors={{}}
        />
      </FormFrame>
    </div>
  );
}
