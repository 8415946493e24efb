import { importSiteIn, isImportSource } from '../../../../libs/words/index.ts';
import type { ImportChoices } from '../../../acts/importing/import-job.ts';
import type { FieldErrors } from '../../shell/fields.tsx';
import { formText } from '../../shell/form-checks.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { textIn } from '../../shell/paths.ts';

const MOST_SITES = 100;

/** What a form says of an import, or what is wrong with it. */
export type ReadChoices = { readonly choices: ImportChoices } | { readonly errors: FieldErrors };

export function choicesIn(fields: unknown, { t }: Translator): ReadChoices {
  const given = textIn(fields, 'source');
  const lines = formText(fields, 'sites')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const sites = lines.map(importSiteIn).filter((site) => site !== null);
  if (sites.length < lines.length || lines.length > MOST_SITES) return { errors: { sites: t('import.sitesWrong') } };
  if (given !== '' && !isImportSource(given)) return { errors: { source: t('field.invalid') } };
  return {
    choices: {
      source: given === '' ? null : given,
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
