import type { Translation } from '../../../libs/client/index.ts';
import { languageNames } from '../shell/i18n/language-names.ts';
import { Provenance } from '../shell/provenance.tsx';
import { shownHtml } from '../shell/shown-html.ts';
import { StaleLine } from '../shell/stale-line.tsx';
import type { Sheet } from './sheet.tsx';

interface FoldedTranslationsProps {
  readonly translations: readonly Translation[];
  readonly sheet: Sheet;
  /** When the text was posted. */
  readonly postedAt: string;
  /** The level of headings in the text. */
  readonly from: 2 | 3;
  readonly textClass: string;
}

/** Inside of its fold, which browsers open for an address that leads into it. */
export function placeOfTranslation({ id }: Pick<Translation, 'id'>): string {
  return `translation-${id}`;
}

/** The translations of a text, each folded below it: by whom, from which text, and whether that was changed since. */
export function FoldedTranslations(props: FoldedTranslationsProps) {
  const { translations, postedAt, from, textClass } = props;
  const { frame } = props.sheet;
  const { translator } = frame;
  const { t } = translator;
  return (
    <>
      {translations.map((translation) => (
        <details key={translation.language} class="translated-fold">
          <summary dir="auto">
            {t('translation.into', {
              language: languageNames(translation.language, translator),
              name: translation.by?.displayName ?? t('comment.nameless'),
            })}
          </summary>
          <Provenance translation={translation} frame={frame} />
          {translation.stale && (
            <p class="status">
              <StaleLine line={translation} postedAt={postedAt} translator={translator} />
            </p>
          )}
          <div id={placeOfTranslation(translation)}>
            {translation.title !== undefined && (
              <p class="lead" lang={translation.language} dir="auto">
                {translation.title}
              </p>
            )}
            <div
              class={textClass}
              lang={translation.language}
              dir="auto"
              dangerouslySetInnerHTML={shownHtml(translation.bodyHtml, { from, translator })}
            />
          </div>
        </details>
      ))}
    </>
  );
}
