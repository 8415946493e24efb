import type { Frame } from '../shell/frame.ts';
import type { Messages } from '../shell/i18n/translate.ts';
import { messagesOf } from '../shell/message-files.ts';

/** What the program of a page for writing starts from: `helpWriting` takes it. */
export interface WriteData {
  readonly memberId: string;
  readonly locale: string;
  readonly messages: Messages;
}

/** Of buttons that all forms have, and of refusals. */
const IN_BROWSER =
  /^(form\.cancel|comment\.tryAgain|error\.(unavailable|rate_limited|forbidden|suspended|\w+_(else|open|waiting|refused)))$/;

export function writeData({ member, translator }: Pick<Frame, 'member' | 'translator'>): WriteData {
  const messages = Object.entries(messagesOf(translator)).filter(([key]) => IN_BROWSER.test(key));
  return { memberId: member?.id ?? '', locale: translator.locale, messages: Object.fromEntries(messages) };
}
