import { keep, kept } from './kept.ts';

const PROBE = 'colloquy:probe';

/**
 * Whether words of a member stand on the page, typed or not sent, notes of moderators too, which the browser keeps nowhere else; those in a field
 * that is looked after are left out.
 */
export function areWordsUnkept(isLookedAfter: (field: HTMLTextAreaElement) => boolean = () => false): boolean {
  keep(PROBE, '1');
  const keeps = kept(PROBE) !== null;
  keep(PROBE, null);
  if (keeps) return false;
  const fields = document.querySelectorAll<HTMLTextAreaElement>('.composer textarea, .moderate textarea');
  const isUnkept = [...fields].some((field) => field.value.trim() !== '' && !isLookedAfter(field));
  return isUnkept || document.querySelector('.on-its-way') !== null;
}
