import { readData } from '../../../shell/browser/page-data.ts';
import { type Messages, type Translator, translator } from '../../../shell/i18n/translate.ts';
import type { RowFrame } from '../../decision/queue-words.ts';
import type { QueueData } from '../queue-data.ts';

/** The moderator at the queue and their language. */
export interface LiveWords extends RowFrame {
  readonly translator: Translator;
  readonly member: { readonly id: string };
}

/** Undefined on a page without a queue. */
export function liveWords(): LiveWords | undefined {
  const data = readData<QueueData>('page-data');
  if (data === undefined) return undefined;
  const messages = { ...readData<Messages>('time-words'), ...data.messages };
  return { translator: translator(data.locale, messages), member: data.member, now: null };
}
