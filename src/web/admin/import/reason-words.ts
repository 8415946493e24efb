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

/** What is left out for these comes with the same file where its form is filled in otherwise. */
const CHOSEN_ANEW: ReadonlySet<ImportReasonCode> = new Set(['cache', 'local', 'pathAlone', 'imageNotAsked']);

/** Whether a form for the file, filled in otherwise, brings what is left out for a reason. */
export function comesAnew(why: string): boolean {
  const coded = codedImportReason(why);
  return coded !== null && (CHOSEN_ANEW.has(coded.code) || coded.code === 'pageAlone');
}

/** A reason in the reader's language, where the import is done or its form still stands beside it; null for one that has no words. */
export function leftOutWords(why: string, { t }: Translator, { isDone = false } = {}): string | null {
  const coded = codedImportReason(why);
  if (coded === null) return null;
  const box = BOX_OF[coded.code];
  const told = t(`import.why.${coded.code}`, { ...(box !== undefined && { box: t(box) }), ...coded.values });
  const words = isDone && CHOSEN_ANEW.has(coded.code) ? t('import.why.anew', { why: told }) : told;
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
