import type { TranslationLine } from '../../../libs/client/shapes.ts';
import { isModerator, type Role } from '../../../libs/words/index.ts';
import type { Translator } from './i18n/translate.ts';

interface LinkProps {
  readonly line: Pick<TranslationLine, 'id' | 'by'>;
  readonly reader: { readonly memberId: string; readonly roles: readonly Role[] } | null;
  readonly translator: Translator;
}

/** For members; its translator takes it back instead, and a moderator decides on it. */
export function ReportTranslationLink({ line: { id, by }, reader, translator }: LinkProps) {
  if (reader === null || by?.id === reader.memberId || isModerator(reader.roles)) return null;
  return (
    <a class="action" href={`/translations/${id}/report`}>
      {translator.t('translation.report')}
    </a>
  );
}
