import type { Sanction } from '../../../libs/client/index.ts';
import type { Frame } from './frame.ts';
import { exactTime } from './i18n/moments.ts';

/** "Suspension until 3 May 2026, 10:00:00 UTC" */
export function sanctionName({ kind, until }: Pick<Sanction, 'kind' | 'until'>, { translator }: Frame): string {
  const name = translator.t(`sanction.${kind}`);
  if (until === null) return name;
  return translator.t('sanction.until', { name, time: exactTime(until, { translator, isLocal: false }) });
}
