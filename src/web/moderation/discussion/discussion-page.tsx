import type { LogEntry, Page, Post } from '../../../../libs/client/index.ts';
import { DISCUSSION_STATES } from '../../../../libs/words/index.ts';
import type { TimelineStep } from '../../../views/moderation-log/log.query-types.ts';
import { postHref, recordHref } from '../../shell/addresses.ts';
import { DoneText } from '../../shell/done.tsx';
import { type FieldErrors, SelectField, TextArea, TextField } from '../../shell/fields.tsx';
import { FormFrame, Submit } from '../../shell/form-frame.tsx';
import type { Frame } from '../../shell/frame.ts';
import { TimeAgo } from '../../shell/time-ago.tsx';
import { logEntryText, reasonText } from '../log/log-words.ts';
import { ModerationPage } from '../moderation-page.tsx';
import { Said } from '../said.tsx';

interface DiscussionProps {
  readonly frame: Frame;
  readonly post: Post;
  /** The form's values, by field. */
  readonly typed: Readonly<Record<'state' | 'slowModeSeconds' | 'pinned' | 'reason', string>>;
  readonly errors: FieldErrors;
  readonly saved: boolean;
  readonly timeline: Page<TimelineStep>;
}

export function discussionHref(slug: string): string {
  return `/moderation/discussions/${encodeURIComponent(slug)}`;
}

function Settings({ frame, post, typed, errors, saved }: DiscussionProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <FormFrame
      action={discussionHref(post.slug)}
      translator={translator}
      errors={errors}
      buttons={<Submit label={t('form.save')} />}
    >
      {saved && <DoneText text={t('settings.saved')} />}
      <SelectField name="state" label={t('discussion.state')} errors={errors}>
        {DISCUSSION_STATES.map((state) => (
          <option key={state} value={state} selected={state === typed.state}>
            {t(`discussion.${state}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        name="slowModeSeconds"
        label={t('discussion.seconds')}
        value={typed.slowModeSeconds}
        required={false}
        errors={errors}
      />
      <TextField name="pinned" label={t('discussion.pin')} value={typed.pinned} required={false} errors={errors} />
      <TextArea
        name="reason"
        label={t('discussion.why')}
        optional={t('form.optional')}
        value={typed.reason}
        rows={2}
        required={false}
        errors={errors}
      />
    </FormFrame>
  );
}

interface StepProps {
  readonly step: TimelineStep;
  readonly frame: Frame;
}

function Who({ who, frame }: { who: { handle: string; displayName: string } | null; frame: Frame }) {
  if (who === null) return <>{frame.translator.t('comment.somebody')}</>;
  return (
    <a href={recordHref(who.handle)}>
      <bdi>{who.displayName}</bdi>
    </a>
  );
}

/** The comment of an entry, by its author. */
function CommentLink({ entry, frame }: { entry: LogEntry; frame: Frame }) {
  const { t } = frame.translator;
  return (
    <a href={`/moderation/cases/${entry.commentId}`} title={entry.commentId ?? undefined}>
      {t('case.title', { name: entry.member?.displayName ?? t('comment.somebody') })}
    </a>
  );
}

function Step({ step, frame }: StepProps) {
  const { translator } = frame;
  const { t } = translator;
  if (step.kind === 'written') {
    return (
      <li>
        <TimeAgo at={step.at} translator={translator} now={frame.now} /> <Who who={step.author} frame={frame} />{' '}
        <a href={`/moderation/cases/${step.commentId}`} title={step.commentId}>
          {t(`discussion.${step.did}`)}
        </a>
      </li>
    );
  }
  const { entry } = step;
  const text = logEntryText(entry, translator);
  const reason = reasonText(entry.kind, entry.reason, translator);
  return (
    <li class="decision">
      <TimeAgo at={entry.at} translator={translator} now={frame.now} />{' '}
      {entry.byPolicy ? t('policy.title') : <Who who={entry.actor} frame={frame} />}{' '}
      {entry.decisionId ? <a href={`/moderation/decisions/${entry.decisionId}`}>{text}</a> : <strong>{text}</strong>}{' '}
      {entry.commentId && <CommentLink entry={entry} frame={frame} />}
      {reason !== '' && (
        <span class="badge" dir="auto">
          {reason}
        </span>
      )}
      {entry.undone && <span class="badge">{t('decided.undone')}</span>}
      <Said text={entry.note} of={entry} translator={frame.translator} />
    </li>
  );
}

function Timeline({ frame, post, timeline }: DiscussionProps) {
  const { t } = frame.translator;
  return (
    <section aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t('discussion.timeline')}</h2>
      {timeline.items.length === 0 && <p class="empty">{t('discussion.empty')}</p>}
      <ol class="lines timeline">
        {timeline.items.map((step) => (
          <Step key={step.kind === 'written' ? step.position : step.entry.position} step={step} frame={frame} />
        ))}
      </ol>
      {timeline.next !== null && (
        <nav class="pages" aria-label={t('queue.more')}>
          <a
            rel="next"
            href={`${discussionHref(post.slug)}?${new URLSearchParams({ cursor: timeline.next })}#timeline-title`}
          >
            {t('queue.more')}
          </a>
        </nav>
      )}
    </section>
  );
}

/** A discussion's settings with the reason of each change, and its timeline. */
export function DiscussionPage(props: DiscussionProps) {
  const { frame, post } = props;
  const { t } = frame.translator;
  return (
    <ModerationPage frame={frame} title={t('discussion.title')}>
      <h1>{t('discussion.title')}</h1>
      <div class="plain">
        <p class="lead">
          <a href={postHref(post)} lang={post.locale} dir="auto">
            {post.title}
          </a>
        </p>
        <Settings {...props} />
        <Timeline {...props} />
      </div>
    </ModerationPage>
  );
}
