import { keep, kept } from './kept.ts';

/** Under this name stands the draft of a post that was sent: once its post is seen, it is not needed any more. */
export const SENT_DRAFT = 'colloquy:write-sent';

const OFF_KEY = 'colloquy:keys-off';

/** Single keys can be switched off (WCAG 2.1.4), since speech input and slips of the hand press them unasked. */
export function areKeysOn(): boolean {
  return kept(OFF_KEY) !== '1';
}

export function switchKeys(on: boolean): void {
  keep(OFF_KEY, on ? null : '1');
}

/** Where single keys are text; sliders, boxes and buttons take none. */
export const TEXT_FIELDS =
  'input:not([type=range], [type=checkbox], [type=radio], [type=button], [type=submit]), textarea';
