import { MEASURES } from '../../../../libs/words/index.ts';
import type { PolicyHead } from '../../../views/policy/policy.query-types.ts';
import type { Frame } from '../../shell/frame.ts';
import { PostForm } from '../../shell/post-form.tsx';
import { TimeAgo } from '../../shell/time-ago.tsx';
import { ruleName } from '../decision/queue-words.ts';
import { Said } from '../said.tsx';
import type { PolicyChange } from './changes.ts';
import { settingName } from './rule-fields.tsx';

/** A version as the page tells of it. */
export interface ToldVersion {
  readonly head: PolicyHead;
  /** The changes against the version before. */
  readonly changes: readonly PolicyChange[];
}

export interface ToldVersions {
  /** Newest first. */
  readonly versions: readonly ToldVersion[];
  /** The version in force. */
  readonly newest: number;
  /** The parameter of the page of earlier versions; null when there are none. */
  readonly next: number | null;
}

function Instead({ before, after }: { before: string; after: string }) {
  return (
    <>
      <del>{before}</del> → <ins>{after}</ins>
    </>
  );
}

function Entries({ taken, added, more, frame }: Extract<PolicyChange, { kind: 'entries' }> & { frame: Frame }) {
  const { t } = frame.translator;
  const all = [
    ...taken.map((entry) => ({ entry, Mark: 'del' as const, said: t('history.taken') })),
    ...added.map((entry) => ({ entry, Mark: 'ins' as const, said: t('history.added') })),
  ];
  return (
    <>
      {all.map(({ entry, Mark, said }) => (
        <Mark key={`${Mark} ${entry}`} dir="auto">
          <span class="visually-hidden">{said} </span>
          {entry}
        </Mark>
      ))}{' '}
      {more > 0 && t('policy.more', { count: more })}
    </>
  );
}

function shownValue(change: Extract<PolicyChange, { kind: 'setting' }>, value: unknown, frame: Frame): string {
  const measure = MEASURES.find((known) => known === value);
  return change.name === 'measure' && measure ? frame.translator.t(`measures.${measure}`) : String(value);
}

function Change({ change, frame }: { change: PolicyChange; frame: Frame }) {
  const { translator } = frame;
  const { t } = translator;
  switch (change.kind) {
    case 'switched':
      return change.on ? (
        <Instead before={t('policy.off')} after={t('policy.on')} />
      ) : (
        <Instead before={t('policy.on')} after={t('policy.off')} />
      );
    case 'setting':
      return (
        <>
          {settingName(change.name, translator)}:{' '}
          <Instead before={shownValue(change, change.before, frame)} after={shownValue(change, change.after, frame)} />
        </>
      );
    case 'entries':
      return <Entries {...change} frame={frame} />;
    case 'moved': {
      const place = (number: number) => t('policy.place', { number });
      return <Instead before={place(change.before)} after={place(change.after)} />;
    }
    default:
      return change satisfies never;
  }
}

function Changes({ changes, frame }: { changes: readonly PolicyChange[]; frame: Frame }) {
  const { translator } = frame;
  const { t } = translator;
  if (changes.length === 0) return <p class="hint">{t('policy.same')}</p>;
  return (
    <details>
      <summary>{t('policy.changes')}</summary>
      <ul class="diff changes">
        {changes.map((change) => (
          <li key={`${change.rule} ${change.kind} ${'name' in change ? change.name : ''}`}>
            <strong>{ruleName(change.rule, translator)}</strong> <Change change={change} frame={frame} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function PutBack({ version, newest, frame }: { version: number; newest: number; frame: Frame }) {
  return (
    <PostForm action="/moderation/policy/back">
      <input type="hidden" name="version" value={String(newest)} />
      <input type="hidden" name="restores" value={String(version)} />
      <button class="button quiet" type="submit">
        {frame.translator.t('policy.back')}
      </button>
    </PostForm>
  );
}

/** The versions of the policy: who set each, when and why, its changes, and the way back to it. */
export function PolicyVersions({ told, frame }: { told: ToldVersions; frame: Frame }) {
  const { translator } = frame;
  const { t } = translator;
  const { versions, newest, next } = told;
  return (
    <section aria-labelledby="versions-title">
      <h2 id="versions-title">{t('policy.versions')}</h2>
      <ul class="lines">
        {versions.map(({ head, changes }) => (
          <li key={head.version}>
            <strong>{t('policy.version', { number: head.version })}</strong> <bdi>{head.setBy?.displayName}</bdi>{' '}
            {head.setAt && <TimeAgo at={head.setAt} translator={translator} now={frame.now} />}
            {head.restores !== null && <span class="badge">{t('policy.restores', { number: head.restores })}</span>}
            <Said text={head.note} of={head} translator={frame.translator} />
            {head.version > 0 && <Changes changes={changes} frame={frame} />}
            {head.version !== newest && <PutBack version={head.version} newest={newest} frame={frame} />}
          </li>
        ))}
      </ul>
      {next !== null && (
        <p>
          <a href={`/moderation/policy?before=${next}#versions-title`}>{t('policy.earlier')}</a>
        </p>
      )}
    </section>
  );
}
