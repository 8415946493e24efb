import {
  codedImportReason,
  type ImportReasonCode,
  type SaidByImport,
  saidByImport,
} from '../../../../libs/words/index.ts';
import type { MessageKey, Translator } from '../../shell/i18n/translate.ts';

/** What is a number in every saying that has it. */
const NUMBERS: ReadonlySet<string> = new Set(['count', 'length', 'levels', 'most', 'times']);

/** The box of an import's form that brings what is left out for a reason. */
const BOX_OF: Readonly<Partial<Record<ImportReasonCode, MessageKey>>> = {
  pageAlone: 'import.pages',
  cache: 'import.local',
  local: 'import.local',
};

/** A reason in the reader's language; null for one that has no words. */
export function leftOutWords(why: string, { t }: Translator): string | null {
  const coded = codedImportReason(why);
  if (coded === null) return null;
  const box = BOX_OF[coded.code];
  const words = t(`import.why.${coded.code}`, { ...(box !== undefined && { box: t(box) }), ...coded.values });
  return coded.isBelow ? t('import.why.under', { why: words }) : words;
}

/** What an import said, in the reader's language; null for what has no words. */
export function saidWords(text: string, { t }: Translator): string | null {
  const said = saidByImport(text);
  if (said === null) return null;
  return t(`import.said.${said.code}`, { field: t('site.pageAliases'), ...shownOf(said) });
}

function shownOf({ values }: SaidByImport): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, NUMBERS.has(name) ? Number(value) : value]),
  );
}
