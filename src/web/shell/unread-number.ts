import { MOST_UNREAD_COUNTED } from '../../../libs/words/index.ts';

/** "3", or "100+" for as many as are counted or more; `digits` are those of the language. */
export function unreadNumber(unread: number, digits: (text: string) => string): string {
  return `${digits(String(unread))}${unread >= MOST_UNREAD_COUNTED ? '+' : ''}`;
}
