import type { Finding } from '../../api/access/findings.ts';
import { exactTime } from '../i18n/moments.ts';
import type { Frame } from './frame.ts';

function Found({ finding, frame }: { finding: Finding; frame: Frame }) {
  const { translator } = frame;
  const { t } = translator;
  const moment = (iso: string): string => exactTime(iso, { translator, isLocal: false });
  const { kind, subject, what, since, mendedAt } = finding;
  const advice = kind === 'log' ? t('found.logAdvice') : t('found.viewAdvice', { view: subject });
  return (
    <li>
      <p>
        {kind === 'log' ? t('found.log') : t('found.view', { view: subject })} {t('found.since', { at: moment(since) })}
      </p>
      <p lang="en" dir="ltr">
        <code>{what}</code>
      </p>
      <p>{mendedAt === null ? advice : t('found.mended', { at: moment(mendedAt) })}</p>
    </li>
  );
}

/** What was found wrong with the log or a view, since when, and what to do: for staff. */
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
