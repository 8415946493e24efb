import type { ThreadView } from './thread-view.ts';

/** Brings the program of translations when the first one comes while the page is read; a page with translations has it. */
export function awaitTranslations(view: ThreadView): void {
  let isAsked = view.now().languages !== undefined;
  view.subscribe(() => {
    if (isAsked || !view.now().comments.some(({ translations }) => translations)) return;
    isAsked = true;
    // Without it the texts are read as before.
    void import('../parts/languages.tsx').then(
      ({ languages }) => view.readLanguages(languages),
      () => undefined,
    );
  });
}
