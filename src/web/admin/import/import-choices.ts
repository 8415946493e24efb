import { importSiteIn, isImportSource } from '../../../../libs/words/index.ts';
import type { ImportChoices } from '../../../acts/importing/import-job.ts';
import type { FieldErrors } from '../../shell/fields.tsx';
import { formText } from '../../shell/form-checks.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { textIn } from '../../shell/paths.ts';

const MOST_SITES = 100;

/** What a form says of an import, and what is wrong with it: without an error, it is chosen so. */
export interface ReadChoices {
  readonly choices: ImportChoices;
  /** The sites as they were typed, to be shown again with an error. */
  readonly sitesTyped: string;
  readonly errors: FieldErrors;
}

export function choicesIn(fields: unknown, { t }: Translator): ReadChoices {
  const given = textIn(fields, 'source');
  const typed = formText(fields, 'sites');
  const lines = typed
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const sites = lines.map(importSiteIn).filter((site) => site !== null);
  const isWrong = sites.length < lines.length || lines.length > MOST_SITES;
  const source = isImportSource(given) ? given : null;
  return {
    sitesTyped: typed,
    errors: {
      ...(isWrong && { sites: t('import.sitesWrong') }),
      ...(given !== '' && source === null && { source: t('field.invalid') }),
    },
    choices: {
      source,
      sites: Object.fromEntries(sites),
      local: textIn(fields, 'local') === '1',
      pages: textIn(fields, 'pages') === '1',
      fetchMedia: textIn(fields, 'fetchMedia') === '1',
      media: textIn(fields, 'media') || null,
    },
  };
}

/** The sites as they are typed, one a line. */
export function sitesTyped(sites: ImportChoices['sites']): string {
  return Object.entries(sites)
    .map(([name, url]) => (name === '' ? url : `${name}=${url}`))
    .join('\n');
}
