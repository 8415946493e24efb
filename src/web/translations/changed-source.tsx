import type { DiffPart, SourceText } from '../../../libs/client/index.ts';
import { Diff } from '../shell/diff.tsx';
import type { Frame } from '../shell/frame.ts';
import { languageOf } from '../shell/i18n/language-of.ts';

/** A text that was changed while somebody translated it. */
export interface ChangedSource {
  readonly now: SourceText;
  /** From the text that was translated to the one that stands; null where only that one is known. */
  readonly changes: { readonly title: readonly DiffPart[]; readonly body: readonly DiffPart[] } | null;
}

interface PartProps {
  readonly changed: ChangedSource;
  /** The language of the original, where it is known. */
  readonly language: string | undefined;
  readonly frame: Frame;
}

/** What was changed, marked in the text; the whole text where nothing is known to compare it with. */
export function ChangedSourcePart({ changed: { now, changes }, language, frame }: PartProps) {
  const lang = language ?? languageOf(now.body);
  return (
    <>
      <p class="hint">{frame.translator.t(changes === null ? 'translation.now' : 'translation.compared')}</p>
      <blockquote class="quoted text source-changes" lang={lang}>
        {now.title !== undefined && (
          <p class="lead diff" dir="auto">
            {changes === null ? now.title : <Diff parts={changes.title} frame={frame} />}
          </p>
        )}
        <div class="diff" dir="auto">
          {changes === null ? now.body : <Diff parts={changes.body} frame={frame} />}
        </div>
      </blockquote>
    </>
  );
}
