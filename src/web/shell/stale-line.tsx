import type { TranslationLine } from '../../../libs/client/shapes.ts';
import type { Translator } from './i18n/translate.ts';
import { Sentence } from './told-time.tsx';

const DAY = 86_400_000;

/** Tells which text a stale translation was made from, and when that was changed; with the time of day where that is needed to tell the two apart. */
export function StaleLine({
  line: { changedAt, sourceAt },
  postedAt,
  translator,
}: {
  readonly line: Pick<TranslationLine, 'changedAt' | 'sourceAt'>;
  /** When the text was posted, which is what a translation without a time was made from; absent where that is not known. */
  readonly postedAt?: string;
  readonly translator: Translator;
}) {
  const made = sourceAt ?? postedAt;
  if (changedAt === undefined || made === undefined) return <>{translator.t('translation.stale')}</>;
  return (
    <Sentence
      tell={(times) => translator.t('translation.staleSince', times)}
      times={{ made, changed: changedAt }}
      translator={translator}
      areDays={Math.abs(Date.parse(changedAt) - Date.parse(made)) >= DAY}
    />
  );
}
