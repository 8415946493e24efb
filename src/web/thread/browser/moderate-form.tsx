import { useEffect, useRef, useState } from 'preact/hooks';
import { ModerationClient } from '../../../../libs/client/moderation-client.ts';
import type { Decision, DecisionAnswer, ModerationCase } from '../../../../libs/client/moderation-shapes.ts';
import { ColloquyProblem } from '../../../../libs/client/problem.ts';
import type { ColloquyClient } from '../../../../libs/client/rest-client.ts';
import type { DecisionAction } from '../../../../libs/words/index.ts';
import { possibleActions } from '../../moderation/decision/actions.ts';
import { decidedElsewhere, decisionText } from '../../moderation/decision/decision-text.ts';
import { claimText, whyIn } from '../../moderation/decision/queue-words.ts';
import { likelyReason, ReasonChoice } from '../../moderation/decision/reason-choice.tsx';
import { keep, kept } from '../../shell/browser/kept.ts';
import { type OwnForm, type ThreadPageInfo, useThread } from '../parts/context.ts';
import type { ShownComment } from '../parts/shown-comment.ts';
import { useCurrent } from '../parts/use-current.ts';
import { type Refusal, RefusalNotice, refusalInWords } from './refusal.tsx';
import type { ThreadParts } from './thread-view.ts';
import { ToldValue } from './told-value.ts';

interface MadeDecision {
  readonly action: DecisionAction;
  readonly reason: string;
  readonly note: string;
}

interface Work extends Pick<ThreadParts, 'view' | 'session'> {
  readonly moderation: ModerationClient;
  /** The newest decision made here, by comment: a form that is drawn anew, since its comment came live, still tells it. */
  readonly made: ToldValue<Readonly<Record<string, Decision | null>>>;
}

interface FormProps {
  readonly comment: ShownComment;
  readonly work: Work;
}

/** An unsent note stays in this browser, like every draft, for its writer. */
const noteKey = (memberId: string | undefined, commentId: string): string =>
  `colloquy:note:${memberId ?? ''}:${commentId}`;

const viewerOf = ({ viewer }: ThreadPageInfo) => viewer && { id: viewer.memberId };

/** A comment as a case, with the outcome of a decision on it. */
function useCase({ comment: { id, status, revision }, work: { view, session, moderation, made } }: FormProps) {
  const { translator, page } = useThread();
  const [found, setFound] = useState<ModerationCase | null>(null);
  const decided = useCurrent(made)[id] ?? null;
  const setDecided = (decision: Decision | null): void => made.tell({ ...made.now(), [id]: decision });
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const load = async (): Promise<ModerationCase> => {
    const read = await moderation.case(id);
    setFound(read);
    return read;
  };
  useEffect(() => {
    load().catch(() => setRefusal({ reason: translator.t('error.unavailable'), isSignedOut: false }));
  }, [id, status, revision]);
  useEffect(
    () => () => {
      if (view.now().state.openForm?.commentId !== id) setDecided(null);
    },
    [id],
  );
  const decide = async (ask: () => Promise<DecisionAnswer>): Promise<void> => {
    setRefusal(null);
    try {
      const { decision, comment } = await ask();
      session.now?.keep(comment);
      setDecided(decision);
      keep(noteKey(page.viewer?.memberId, id), null);
    } catch (failure) {
      if (!(failure instanceof ColloquyProblem)) throw failure;
      const told = refusalInWords(failure, translator);
      // Who decided first comes with the case.
      if (failure.code !== 'already_decided') setRefusal(told);
      const [newest = null] = (await load().catch(() => null))?.decisions ?? [];
      const reason = decidedElsewhere(failure, newest, { translator, member: viewerOf(page) });
      setRefusal(reason === null ? told : { ...told, reason });
    }
  };
  return { found, decided, refusal, decide };
}

/** The decision made here, with a button to undo it, until something else is opened. */
function DecidedHere({ decision, undo, close }: { decision: Decision; undo: () => void; close: () => void }) {
  const { translator } = useThread();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), [decision.id]);
  return (
    <div class="decided-here">
      <p role="status">{decisionText(decision, { translator })}</p>
      <div class="buttons">
        {decision.undoes === null && (
          <button class="button quiet" type="button" ref={button} onClick={undo}>
            {translator.t('queue.undo')}
          </button>
        )}
        <button class="button quiet" type="button" onClick={close}>
          {translator.t('keys.close')}
        </button>
      </div>
    </div>
  );
}

/** Why it was reported or caught, who decided last, and who else looks at it. */
function Standing({ found }: { found: ModerationCase | null }) {
  const { translator, page } = useThread();
  const member = viewerOf(page);
  const [newest] = found?.decisions ?? [];
  const told = found && [
    ...whyIn(found, translator),
    ...(newest ? [decisionText(newest, { translator })] : []),
    claimText(found, { translator, member }),
  ];
  return <p class="hint">{told?.filter(Boolean).join(' · ')}</p>;
}

/** Moves the keyboard to the reason once the case is there, unless somebody is in the form already, and perhaps in their words. */
function useFormFocus(found: ModerationCase | null) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!found || form.current?.contains(document.activeElement)) return;
    form.current?.querySelector<HTMLElement>('input:checked')?.focus();
  }, [found]);
  return form;
}

function ModerateForm(props: FormProps) {
  const { comment, work } = props;
  const { translator, page } = useThread();
  const { t } = translator;
  const key = noteKey(page.viewer?.memberId, comment.id);
  const { found, decided, refusal, decide } = useCase(props);
  const [busy, setBusy] = useState(false);
  // A reason that was chosen before the case came is the moderator's own.
  const hasChosen = useRef(false);
  const isKnown = found !== null && !hasChosen.current;
  const form = useFormFocus(decided ? null : found);
  const close = () => work.view.open(null);
  const send = async (decision: MadeDecision): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const { reason, ...rest } = decision;
    const revision = found?.comment.revision ?? comment.revision;
    const wish = { ...rest, revision, ...(reason === '' ? {} : { reason }) };
    await decide(() => work.moderation.decide(comment.id, wish)).finally(() => setBusy(false));
  };
  if (decided)
    return (
      <DecidedHere decision={decided} undo={() => void decide(() => work.moderation.undo(decided.id))} close={close} />
    );
  const actions = possibleActions(found?.comment.status ?? comment.status, found?.list ?? null);
  return (
    <form
      class="moderate"
      ref={form}
      onChange={({ target }) => {
        if (found === null && target instanceof HTMLInputElement) hasChosen.current = true;
      }}
      onSubmit={(event) => {
        event.preventDefault();
        const { submitter } = event;
        const action = actions.find((one) => submitter instanceof HTMLButtonElement && submitter.value === one);
        const fields = new FormData(event.currentTarget);
        const [reason, note] = ['reason', 'note'].map((name) => String(fields.get(name) ?? ''));
        if (action) void send({ action, reason: reason ?? '', note: note ?? '' });
      }}
    >
      <Standing found={found} />
      <RefusalNotice refusal={refusal} />
      <ReasonChoice chosen={isKnown ? likelyReason(found) : ''} translator={translator} key={isKnown ? 'known' : ''} />
      <label for={`note-${comment.id}`}>
        {t('decide.note')} <span class="optional">({t('form.optional')})</span>
      </label>
      <textarea
        id={`note-${comment.id}`}
        name="note"
        rows={2}
        dir="auto"
        defaultValue={kept(key) ?? ''}
        onInput={(event) => keep(key, event.currentTarget.value)}
      />
      <div class="buttons">
        {actions.map((action) => (
          <button
            key={action}
            class={action === 'remove' ? 'button danger' : 'button quiet'}
            type="submit"
            value={action}
            disabled={busy}
          >
            {t(`action.${action}`)}
          </button>
        ))}
        <button class="button quiet" type="button" onClick={close}>
          {t('form.cancel')}
        </button>
        <a href={`/moderation/cases/${comment.id}`}>{t('decide.case')}</a>
      </div>
    </form>
  );
}

/** The form to decide on a comment in its place; its case is a page of its own. */
export function moderateForm({ view, session }: ThreadParts, rest: ColloquyClient): OwnForm {
  const made: Work['made'] = new ToldValue({});
  const work = { view, session, moderation: new ModerationClient(rest.http), made };
  return ({ comment }) => <ModerateForm comment={comment} work={work} />;
}
