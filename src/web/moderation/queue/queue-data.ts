import type { Messages } from '../../shell/i18n/translate.ts';

/** The data from which the queue's browser program starts, beside the page itself. */
export interface QueueData {
  readonly locale: string;
  readonly member: { readonly id: string };
  readonly messages: Messages;
}

/** The texts for cases that change while the page is open. */
const IN_BROWSER =
  /^(decided|action|reason|rule)\.|^(nav\.waiting(|People|Appeals|Translations)|queue\.(changed|claimed|closeRecord|fromSource|guest|gone|new|offline|pick|renew|showNow|unsent)|comment\.somebody)$/;

export function queueData(given: QueueData): QueueData {
  const messages = Object.entries(given.messages).filter(([key]) => IN_BROWSER.test(key));
  return { ...given, messages: Object.fromEntries(messages) };
}
