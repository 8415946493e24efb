import type { PolicyVersion } from '../../../libs/client/index.ts';
import type { Frame } from '../components/frame.ts';
import { TimeAgo } from '../thread/time-ago.tsx';
import { type PolicyChange, policyChanges } from './policy-changes.ts';
import { isRule, measuresOf } from './policy-fields.ts';
import { ruleName } from './queue-words.ts';
import { settingName } from './rule-fields.tsx';
import { Said } from './said.tsx';

/** Entries of a list that are named one by one. */
const MOST_ENTRIES = 60;

interface VersionsProps {
  readonly frame: Frame;
  /** Newest first. */
  readonly versions: readonly PolicyVersion[];
}

function Instead({ before, after }: { before: string; after: string }) {
  return (
    <>
      <del>{before}</del> → <ins>{after}</ins>
    </>
  );
}

function Entries({ taken, added, frame }: Extract<PolicyChange, { kind: 'entries' }> & { frame: Frame }) {
  const { t } = frame.translator;
  const all = [
    ...taken.map((entry) => ({ entry, Mark: 'del' as const, said: t('history.taken') })),
    ...added.map((entry) => ({ entry, Mark: 'ins' as const, said: t('history.added') })),
  ];
  const over = all.length - MOST_ENTRIES;
  return (
    <>
      {all.slice(0, MOST_ENTRIES).map(({ entry, Mark, said }) => (
        <Mark key={`${Mark} ${entry}`} dir="auto">
          <span class="visually-hidden">{said} </span>
          {entry}
        </Mark>
      ))}{' '}
      {over > 0 && t('policy.more', { count: over })}
    </>
  );
}

function shownValue(change: Extract<PolicyChange, { kind: 'setting' }>, value: unknown, frame: Frame): string {
  const measure = measuresOf('').find((known) => known === value);
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
    <form method="post" action="/moderation/policy/back">
      <input type="hidden" name="version" value={String(newest)} />
      <input type="hidden" name="restores" value={String(version)} />
      <button class="button quiet" type="submit">
        {frame.translator.t('policy.back')}
      </button>
    </form>
  );
}

/** Who set which version, when and why, what changed against the one before, and the way back to it. */
export function PolicyVersions({ versions, frame }: VersionsProps) {
  const { translator } = frame;
  const { t } = translator;
  const newest = versions[0]?.version ?? 0;
  const rulesOf = (version: PolicyVersion | undefined) => (version?.rules ?? []).filter(isRule);
  return (
    <section aria-labelledby="versions-title">
      <h2 id="versions-title">{t('policy.versions')}</h2>
      <ul class="lines">
        {versions.map((version, at) => (
          <li key={version.version}>
            <strong>{t('policy.version', { number: version.version })}</strong> <bdi>{version.setBy?.displayName}</bdi>{' '}
            {version.setAt && <TimeAgo at={version.setAt} translator={translator} now={frame.now} />}
            {version.restores !== null && (
              <span class="badge">{t('policy.restores', { number: version.restores })}</span>
            )}
            <Said text={version.note} of={version} translator={frame.translator} />
            {version.version > 0 && (
              <Changes changes={policyChanges(rulesOf(versions[at + 1]), rulesOf(version))} frame={frame} />
            )}
            {version.version !== newest && <PutBack version={version.version} newest={newest} frame={frame} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
