import { composed } from '../../../libs/words/index.ts';
import { foldText, tokensOf } from './folded-text.ts';
import { runOf } from './read-text.ts';
import { isUnspaced } from './scripts.ts';

/** The entries folded last, since a list is checked, compared with another and compiled within a short time. */
let forms = new Map<string, string>();
/** The entries folded before those. */
let olderForms = new Map<string, string>();
/** The number of entries that are certainly remembered: two policies, each with two lists. */
const MOST_FORMS = 40_000;

/** The list's entry as texts are compared with it; two entries with the same form are one. */
export function foldWord(word: string): string {
  const known = forms.get(word);
  if (known !== undefined) return known;
  const form = olderForms.get(word) ?? formOf(word);
  if (forms.size >= MOST_FORMS) {
    olderForms = forms;
    forms = new Map();
  }
  forms.set(word, form);
  return form;
}

function formOf(word: string): string {
  const form = foldText(composed(word).trim());
  const { folded } = form;
  return isUnspaced(folded)
    ? runOf(folded).run
    : tokensOf(form)
        .map(({ text }) => text)
        .join(' ') + star(folded);
}

function star(folded: string): string {
  return folded.endsWith('*') ? '*' : '';
}
