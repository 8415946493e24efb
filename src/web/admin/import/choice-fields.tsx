import { IMPORT_NAMES } from '../../../../libs/words/index.ts';
import type { ImportChoices } from '../../../acts/importing/import-job.ts';
import type { OfferedFile } from '../../../acts/importing/imports-folder.ts';
import { type FieldErrors, SelectField, TextArea } from '../../shell/fields.tsx';
import type { MessageKey, Translator } from '../../shell/i18n/translate.ts';
import { Tick } from '../settings/fields.tsx';
import { sitesTyped } from './import-choices.ts';

interface ChoiceFieldsProps {
  readonly translator: Translator;
  readonly choices: ImportChoices;
  /** As they were typed, where they were refused. */
  readonly typed?: string | undefined;
  readonly errors: FieldErrors;
  readonly offered: readonly OfferedFile[];
}

export const NO_CHOICES: ImportChoices = {
  source: null,
  sites: {},
  local: false,
  pages: false,
  fetchMedia: false,
  media: null,
};

const BOXES: readonly (readonly ['local' | 'pages' | 'fetchMedia', MessageKey])[] = [
  ['fetchMedia', 'import.fetchMedia'],
  ['pages', 'import.pages'],
  ['local', 'import.local'],
];

/** What is chosen of an import besides its file. */
export function ChoiceFields({ translator, choices, typed, errors, offered }: ChoiceFieldsProps) {
  const { t } = translator;
  const folders = offered.filter(({ kind }) => kind === 'folder');
  return (
    <>
      <SelectField name="source" label={t('import.source')} errors={errors}>
        <option value="">{t('import.recognise')}</option>
        {Object.entries(IMPORT_NAMES).map(([source, name]) => (
          <option key={source} value={source} selected={source === choices.source}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextArea
        name="sites"
        label={t('import.sites')}
        hint={t('import.sitesHint')}
        optional={t('form.optional')}
        value={typed ?? sitesTyped(choices.sites)}
        rows={2}
        required={false}
        errors={errors}
      />
      {BOXES.map(([name, label]) => (
        <Tick key={name} name={name} label={t(label)} isTicked={choices[name]} />
      ))}
      {folders.length > 0 && (
        <SelectField name="media" label={t('import.media')} errors={errors}>
          <option value="">{t('import.noMedia')}</option>
          {folders.map(({ path }) => (
            <option key={path} value={path} selected={path === choices.media}>
              {path}
            </option>
          ))}
        </SelectField>
      )}
    </>
  );
}
