import type { ComponentType } from 'preact';
import { DoneText } from '../../shell/done.tsx';
import { FormFrame, Submit } from '../../shell/form-frame.tsx';
import { AdminPage } from '../admin-frame.tsx';
import { AddressesPart, MovesPreview } from './addresses-part.tsx';
import { LookPart } from './look-part.tsx';
import { DiscussionsPart, ElsewherePart, JoiningPart, LanguagesPart, PagesPart } from './other-parts.tsx';
import { fieldsInForce, SETTINGS_PARTS, type SettingsPart } from './parts.ts';
import { LookPreview } from './preview.tsx';
import type { PartProps, SettingsState } from './settings-state.ts';

const FIELDS_OF: Readonly<Record<SettingsPart, ComponentType<PartProps>>> = {
  look: LookPart,
  languages: LanguagesPart,
  joining: JoiningPart,
  discussions: DiscussionsPart,
  elsewhere: ElsewherePart,
  addresses: AddressesPart,
  pages: PagesPart,
};

function Part({ part, state }: { readonly part: SettingsPart; readonly state: SettingsState }) {
  const { frame, site, origin, sent, saved, preview, moves } = state;
  const isMoving = part === 'addresses' && sent?.part === part && moves !== null;
  const { t } = frame.translator;
  const { typed, errors }: Pick<PartProps, 'typed' | 'errors'> =
    sent?.part === part ? sent : { typed: fieldsInForce(site), errors: {} };
  const fixedBy = (field: string): string | undefined => site.fixed?.find((fixed) => fixed.field === field)?.by;
  // A refused colour is told of in words: it has no style sheet, and the figures of another one would deny them.
  const isRefused = errors['accent'] !== undefined;
  const isAbove = preview && !isRefused;
  const Fields = FIELDS_OF[part];
  return (
    <section
      id={part}
      aria-labelledby={`${part}-title`}
      data-look={part === 'look' ? '' : undefined}
      data-unsaved={sent?.part === part ? '' : undefined}
    >
      <h2 id={`${part}-title`}>{t(`site.part.${part}`)}</h2>
      {saved === part && <DoneText text={t('settings.saved')} />}
      {part === 'look' && isAbove && <LookPreview translator={frame.translator} typed={typed} />}
      {isMoving && <MovesPreview moves={moves} translator={frame.translator} />}
      <FormFrame
        action={`/admin/settings#${part}`}
        files
        translator={frame.translator}
        errors={errors}
        hidden={{ part }}
        buttons={
          <>
            {isMoving && moves.joining > 0 ? (
              <button class="button" type="submit" name="do" value="join">
                {t('site.moves.join')}
              </button>
            ) : (
              <Submit label={t('form.save')} />
            )}
            {part === 'addresses' && (
              <button class="button quiet" type="submit" name="do" value="preview">
                {t('site.moves.see')}
              </button>
            )}
            {part === 'look' && (
              <button class="button quiet" type="submit" name="do" value="preview">
                {t('write.preview')}
              </button>
            )}
          </>
        }
      >
        <Fields frame={frame} origin={origin} typed={typed} errors={errors} fixedBy={fixedBy} />
      </FormFrame>
      {part === 'look' && !isAbove && <LookPreview translator={frame.translator} typed={typed} hidden={isRefused} />}
    </section>
  );
}

/** The forum's settings, each part a form of its own. */
export function SiteSettingsPage({ state }: { readonly state: SettingsState }) {
  const { frame } = state;
  const { t } = frame.translator;
  return (
    <AdminPage frame={frame} title={t('admin.settings')} scripts={['settings.js']}>
      <h1>{t('admin.settings')}</h1>
      <nav class="sort part-links" aria-label={t('admin.settings')}>
        {SETTINGS_PARTS.map((part) => (
          <a key={part} href={`#${part}`}>
            {t(`site.part.${part}`)}
          </a>
        ))}
      </nav>
      <div class="plain settings-parts">
        {SETTINGS_PARTS.map((part) => (
          <Part key={part} part={part} state={state} />
        ))}
      </div>
    </AdminPage>
  );
}
