import { keep, kept } from './kept.ts';

const PROBE = 'colloquy:probe';

/** Whether words of a member stand on the page, typed or not sent, which the browser keeps nowhere else. */
export function areWordsUnkept(): boolean {
  keep(PROBE, '1');
  const keeps = kept(PROBE) !== null;
  keep(PROBE, null);
  if (keeps) return false;
  const fields = document.querySelectorAll<HTMLTextAreaElement>('.composer textarea');
  return [...fields].some(({ value }) => value.trim() !== '') || document.querySelector('.on-its-way') !== null;
}
