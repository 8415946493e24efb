import type { Finding } from '../../acts/auditing/findings.ts';
import type { Frame } from './frame.ts';
import { exactTime } from './i18n/moments.ts';
import type { MessageKey } from './i18n/translate.ts';

/** The words of a finding and of what to do. */
const WORDS: Readonly<Record<Finding['kind'], readonly [MessageKey, MessageKey]>> = {
  log: ['found.log', 'found.logAdvice'],
  view: ['found.view', 'found.viewAdvice'],
  seals: ['found.seals', 'found.sealsAdvice'],
  checkpoints: ['found.checkpoints', 'found.checkpointsAdvice'],
  tree: ['found.tree', 'found.checkpointsAdvice'],
};

function Found({ finding, frame }: { finding: Finding; frame: Frame }) {
  const { translator } = frame;
  const { t } = translator;
  const moment = (iso: string): string => exactTime(iso, { translator, isLocal: false });
  const { kind, subject, what, since, mendedAt } = finding;
  const [found, advice] = WORDS[kind];
  return (
    <li>
      <p>
        {t(found, { view: subject })} {t('found.since', { at: moment(since) })}
      </p>
      <p lang="en" dir="ltr">
        <code>{what}</code>
      </p>
      <p>{mendedAt === null ? t(advice, { view: subject }) : t('found.mended', { at: moment(mendedAt) })}</p>
    </li>
  );
}

/** The faults found in the log or a view, since when, and what to do: for staff. */
export function FoundWrong({ frame }: { frame: Frame }) {
  if (frame.findings.length === 0) return null;
  return (
    <section class="stop found-wrong" aria-labelledby="found-wrong">
      <h2 id="found-wrong">{frame.translator.t('found.title')}</h2>
      <ul class="lines">
        {frame.findings.map((finding) => (
          <Found key={finding.subject} finding={finding} frame={frame} />
        ))}
      </ul>
    </section>
  );
}
