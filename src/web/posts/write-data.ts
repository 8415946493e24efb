import type { Frame } from '../shell/frame.ts';
import type { Messages } from '../shell/i18n/translate.ts';
import { messagesOf } from '../shell/message-files.ts';

/** What of a post the program of its page keeps. */
export interface WrittenPost {
  /** The post that the text is of, or becomes. */
  readonly postId: string;
  readonly isNew: boolean;
  /** Nothing is kept by itself until the writer has chosen between two texts. */
  readonly isStopped: boolean;
}

/** What the program of a page for writing starts from: `helpWriting` takes it. */
export interface WriteData extends WrittenPost {
  readonly memberId: string;
  readonly locale: string;
  readonly messages: Messages;
}

/** Of buttons that all forms have, of what is kept, and of refusals. */
const IN_BROWSER =
  /^(form\.cancel|comment\.tryAgain|comment\.table|write\.(saved|saving|unsaved|newerKept|compare)|error\.(unavailable|rate_limited|forbidden|suspended|\w+_(else|open|waiting|refused)))$/;

export function writeData({ member, translator }: Pick<Frame, 'member' | 'translator'>, post: WrittenPost): WriteData {
  const messages = Object.entries(messagesOf(translator)).filter(([key]) => IN_BROWSER.test(key));
  return { ...post, memberId: member?.id ?? '', locale: translator.locale, messages: Object.fromEntries(messages) };
}
