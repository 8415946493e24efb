import type { LetterKind } from '../../views/mails/mails.query-types.ts';
import type { LetterMaker } from './letter.ts';
import { testLetter } from './letters/test-letter.tsx';

/** Every kind of letter; what causes each stands in `src/views/mails/letter-causes.ts`. */
export const LETTERS: { readonly [Kind in LetterKind]: LetterMaker<Kind> } = {
  test: testLetter,
};
