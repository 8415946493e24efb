import type { Messages } from '../../shell/i18n/translate.ts';

/** What the desk's browser program starts from, beside the page itself. */
export interface DeskData {
  readonly locale: string;
  readonly member: { readonly id: string };
  readonly messages: Messages;
}

/** The texts with which cases are told that change while the page is open. */
const IN_BROWSER = /^(desk|decided|action|reason|rule)\.|^(queue\.(fromSource|pick)|comment\.somebody)$/;

export function deskData(given: DeskData): DeskData {
  const messages = Object.entries(given.messages).filter(([key]) => IN_BROWSER.test(key));
  return { ...given, messages: Object.fromEntries(messages) };
}
