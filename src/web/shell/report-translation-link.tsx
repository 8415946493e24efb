import type { TranslationLine } from '../../../libs/client/shapes.ts';
import { isModerator, type Role } from '../../../libs/words/index.ts';
import type { Translator } from './i18n/translate.ts';

interface LinkProps {
  readonly line: Pick<TranslationLine, 'id' | 'by'>;
  readonly reader: { readonly memberId: string; readonly roles: readonly Role[] } | null;
  readonly translator: Translator;
}

/** Members report; its translator takes it back instead, and a moderator decides on it. */
export function mayReport({ line: { by }, reader }: Pick<LinkProps, 'line' | 'reader'>): boolean {
  return reader !== null && by?.id !== reader.memberId && !isModerator(reader.roles);
}

export function ReportTranslationLink({ line, reader, translator }: LinkProps) {
  if (!mayReport({ line, reader })) return null;
  return (
    <a class="action" href={`/translations/${line.id}/report`}>
      {translator.t('translation.report')}
    </a>
  );
}
