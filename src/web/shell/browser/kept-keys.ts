import { keep, kept } from './kept.ts';

/** In this tab, the name of the draft of a sent form; once the page is seen that it leads to, the draft is deleted. */
export const SENT_DRAFT = 'colloquy:write-sent';

const OFF_KEY = 'colloquy:keys-off';

/** Single keys can be switched off (WCAG 2.1.4), since speech input and slips of the hand press them by accident. */
export function areKeysOn(): boolean {
  return kept(OFF_KEY) !== '1';
}

export function switchKeys(on: boolean): void {
  keep(OFF_KEY, on ? null : '1');
}

/** Fields where single keys are text; sliders, boxes and buttons take none. */
export const TEXT_FIELDS =
  'input:not([type=range], [type=checkbox], [type=radio], [type=button], [type=submit]), textarea';
