import type { AuthorRecord } from '../../../libs/client/index.ts';
import type { Frame } from '../shell/frame.ts';
import { date } from '../shell/i18n/moments.ts';
import { sanctionName } from '../shell/sanction-name.ts';
import { Figures } from './figures.tsx';

/** A member's record at a glance: figures, and sanctions in force. */
export function Record({ record, frame }: { record: AuthorRecord; frame: Frame }) {
  const { t, number } = frame.translator;
  const { comments, reportsMade, reportsReceived, sanctions } = record;
  const figures = [
    [t('status.visible'), number(comments.visible)],
    [t('status.held'), number(comments.held)],
    [t('status.rejected'), number(comments.rejected)],
    [t('status.removed'), number(comments.removed)],
    [t('record.received'), number(reportsReceived)],
    [t('record.made'), number(reportsMade.total)],
    [t('record.upheld'), `${number(reportsMade.upheld)} / ${number(reportsMade.upheld + reportsMade.dismissed)}`],
  ] as const;
  return (
    <>
      <p class="hint">
        {t('member.since', { date: date(record.registeredAt, { translator: frame.translator, isLocal: false }) })}
      </p>
      <Figures figures={figures} />
      {sanctions
        .filter(({ inForce }) => inForce)
        .map((sanction) => (
          <p key={sanction.id} class="status held">
            {sanctionName(sanction, frame)}
          </p>
        ))}
    </>
  );
}
