import type { ComponentType } from 'preact';
import { DoneText } from '../../shell/done.tsx';
import { FormFrame, Submit } from '../../shell/form-frame.tsx';
import { AdminPage } from '../admin-frame.tsx';
import { AddressesPart, MovesPreview } from './addresses-part.tsx';
import { LookPart } from './look-part.tsx';
import { DiscussionsPart, ElsewherePart, JoiningPart, LanguagesPart, PagesPart } from './other-parts.tsx';
import { OtherSchemes } from './other-schemes.tsx';
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

interface ButtonsProps {
  readonly part: SettingsPart;
  /** Whether discussions would meet, which is said above and saved with a second press alone. */
  readonly joins: boolean;
  readonly t: PartProps['frame']['translator']['t'];
}

/** What addresses would do is offered before they are saved. */
function Buttons({ part, joins, t }: ButtonsProps) {
  if (part === 'addresses') {
    return (
      <>
        <button class={joins ? 'button quiet' : 'button'} type="submit" name="do" value="preview">
          {t('site.moves.see')}
        </button>
        <button class={joins ? 'button' : 'button quiet'} type="submit" name="do" value={joins ? 'join' : 'save'}>
          {t(joins ? 'site.moves.join' : 'form.save')}
        </button>
      </>
    );
  }
  return (
    <>
      <Submit label={t('form.save')} />
      {part === 'look' && (
        <button class="button quiet" type="submit" name="do" value="preview">
          {t('write.preview')}
        </button>
      )}
    </>
  );
}

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
      {part === 'elsewhere' && <OtherSchemes site={site} found={state.otherSchemes} translator={frame.translator} />}
      {part === 'look' && isAbove && <LookPreview translator={frame.translator} typed={typed} />}
      <FormFrame
        action={part === 'addresses' ? '/admin/settings#moves' : `/admin/settings#${part}`}
        files
        translator={frame.translator}
        errors={errors}
        hidden={{ part }}
        buttons={<Buttons part={part} joins={isMoving && moves.joining > 0} t={t} />}
      >
        <Fields frame={frame} origin={origin} typed={typed} errors={errors} fixedBy={fixedBy} />
        {isMoving && <MovesPreview moves={moves} translator={frame.translator} />}
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
