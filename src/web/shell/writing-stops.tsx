import type { MemberNotices } from './frame.ts';
import { exactTime } from './i18n/moments.ts';
import type { Translator } from './i18n/translate.ts';

interface StopsProps extends Pick<MemberNotices, 'stops'> {
  readonly translator: Translator;
  readonly look?: string;
}

/** What keeps a member from writing, and until when. */
export function WritingStops({ stops, translator, look = 'stop' }: StopsProps) {
  const { t } = translator;
  return (
    <>
      {stops.map(({ id, kind, until }) => (
        <p key={id} class={look}>
          {kind === 'warning'
            ? t('stop.warning')
            : t('stop.suspension', { time: exactTime(until ?? '', { translator, isLocal: false }) })}{' '}
          <a href="/settings#sanctions">{t('stop.read')}</a>
        </p>
      ))}
    </>
  );
}
