import { readData } from '../../../shell/browser/page-data.ts';
import { type Messages, type Translator, translator } from '../../../shell/i18n/translate.ts';
import type { RowFrame } from '../../ruling/queue-words.ts';
import type { DeskData } from '../desk-data.ts';

/** The moderator at the desk and their language. */
export interface DeskWords extends RowFrame {
  readonly translator: Translator;
  readonly member: { readonly id: string };
}

/** Undefined on a page without a desk. */
export function deskWords(): DeskWords | undefined {
  const data = readData<DeskData>('page-data');
  if (data === undefined) return undefined;
  const messages = { ...readData<Messages>('time-words'), ...data.messages };
  return { translator: translator(data.locale, messages), member: data.member, now: null };
}
