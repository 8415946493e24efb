import { LOCALE_CODES, REGISTRATION_WAYS, SITE_PAGES, TRANSLATION_WRITERS } from '../../../../libs/words/index.ts';
import { SelectField, TextArea, TextField } from '../../shell/fields.tsx';
import { LOCALES } from '../../shell/i18n/locales.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { LocaleOptions } from '../../shell/language-form.tsx';
import { ZoneField } from '../../shell/zone-field.tsx';
import { FixedLine, Tick, WrongChoice } from './fields.tsx';
import type { PartProps } from './settings-state.ts';

/** The languages that readers choose among, and the zone of days and months. */
export function LanguagesPart({ frame, typed, errors }: PartProps) {
  const { t } = frame.translator;
  return (
    <>
      <SelectField
        name="defaultLocale"
        label={t('site.defaultLocale')}
        hint={t('site.defaultLocaleHint')}
        errors={errors}
      >
        <LocaleOptions chosen={typed['defaultLocale'] ?? ''} />
      </SelectField>
      <fieldset>
        <legend>{t('site.locales')}</legend>
        {LOCALE_CODES.map((code) => (
          <Tick
            key={code}
            name={`locale-${code}`}
            label={LOCALES[code]}
            isTicked={typed[`locale-${code}`] === '1'}
            errors={errors}
          />
        ))}
      </fieldset>
      <ZoneField
        frame={frame}
        name="timeZone"
        label={t('site.timeZone')}
        hint={t('site.timeZoneHint')}
        chosen={typed['timeZone'] || 'UTC'}
        errors={errors}
      />
    </>
  );
}

/** Who becomes a member, and how. */
export function JoiningPart({ frame, typed, errors }: PartProps) {
  const { t } = frame.translator;
  return (
    <>
      <fieldset>
        <legend>{t('site.registration')}</legend>
        <WrongChoice name="registration" label={t('site.registration')} errors={errors} />
        {REGISTRATION_WAYS.map((way, at) => (
          <div key={way}>
            <label class="radio">
              <input
                type="radio"
                id={at === 0 ? 'registration' : undefined}
                name="registration"
                value={way}
                checked={way === typed['registration']}
              />
              {t(`site.registration.${way}`)}
            </label>
          </div>
        ))}
      </fieldset>
      <Tick
        name="guests"
        label={t('site.guests')}
        isTicked={typed['guests'] === '1'}
        errors={errors}
        hint={t('site.guestsHint')}
      />
      <Tick
        name="newsletter"
        label={t('site.newsletter')}
        isTicked={typed['newsletter'] === '1'}
        errors={errors}
        hint={t('site.newsletterHint')}
      />
      <Tick
        name="ssoRoles"
        label={t('site.ssoRoles')}
        isTicked={typed['ssoRoles'] === '1'}
        errors={errors}
        hint={t('site.ssoRolesHint')}
      />
      <TextField
        name="erasureDays"
        label={t('site.erasureDays')}
        hint={t('site.erasureDaysHint')}
        inputmode="numeric"
        value={typed['erasureDays'] ?? ''}
        errors={errors}
      />
      <TextField
        name="mailDays"
        label={t('site.mailDays')}
        hint={t('site.mailDaysHint')}
        inputmode="numeric"
        value={typed['mailDays'] ?? ''}
        errors={errors}
      />
    </>
  );
}

const NUMBERS = [
  ['closeAfterDays', 'closeAfterDays'],
  ['slowModeSeconds', 'slowModeSeconds'],
  ['editWindowMinutes', 'editWindowMinutes'],
  ['maxDepth', 'discussion.maxDepth'],
  ['maxLength', 'discussion.maxLength'],
  ['queuePromiseHours', 'queuePromiseHours'],
] as const;

/** What is the same in all discussions. */
export function DiscussionsPart({ frame, typed, errors, fixedBy }: PartProps) {
  const { t } = frame.translator;
  const logBy = fixedBy('publicModerationLog');
  return (
    <>
      {NUMBERS.map(([name, field]) => {
        const by = fixedBy(field);
        const shown = { label: t(`site.${name}`), value: typed[name] ?? '' };
        if (by !== undefined) return <FixedLine key={name} {...shown} by={by} frame={frame} />;
        return (
          <TextField
            key={name}
            name={name}
            {...shown}
            hint={t(`site.${name}Hint`)}
            inputmode="numeric"
            required={false}
            errors={errors}
          />
        );
      })}
      <Tick
        name="commentImages"
        label={t('site.commentImages')}
        hint={t('site.commentImagesHint')}
        isTicked={typed['commentImages'] === '1'}
        errors={errors}
      />
      {logBy === undefined ? (
        <Tick
          name="publicModerationLog"
          label={t('site.publicLog')}
          isTicked={typed['publicModerationLog'] === '1'}
          errors={errors}
        />
      ) : (
        <FixedLine
          label={t('site.publicLog')}
          value={typed['publicModerationLog'] === '1' ? '✓' : '–'}
          by={logBy}
          frame={frame}
        />
      )}
      <TranslationsChoice frame={frame} typed={typed} errors={errors} />
    </>
  );
}

/** Who may translate what others wrote. */
function TranslationsChoice({ frame, typed, errors }: Pick<PartProps, 'frame' | 'typed' | 'errors'>) {
  const { t } = frame.translator;
  return (
    <fieldset>
      <legend>{t('site.translations')}</legend>
      <WrongChoice name="translations" label={t('site.translations')} errors={errors} />
      {TRANSLATION_WRITERS.map((writers, at) => (
        <div key={writers}>
          <label class="radio">
            <input
              type="radio"
              id={at === 0 ? 'translations' : undefined}
              name="translations"
              value={writers}
              checked={writers === typed['translations']}
            />
            {t(`site.translations.${writers}`)}
          </label>
        </div>
      ))}
    </fieldset>
  );
}

/** The links to other places, and the sites that show discussions. */
export function ElsewherePart({ frame, origin, typed, errors, fixedBy }: PartProps) {
  const { t } = frame.translator;
  const originsBy = fixedBy('embedOrigins');
  const origins = typed['embedOrigins'] ?? '';
  return (
    <>
      <TextArea
        name="menu"
        label={t('site.menu')}
        hint={t('site.menuHint')}
        value={typed['menu'] ?? ''}
        rows={3}
        required={false}
        errors={errors}
      />
      {originsBy === undefined ? (
        <TextArea
          name="embedOrigins"
          label={t('site.embedOrigins')}
          hint={t('site.embedOriginsHint')}
          value={origins}
          rows={3}
          required={false}
          errors={errors}
        />
      ) : (
        <FixedLine label={t('site.embedOrigins')} value={origins.replaceAll('\n', ', ')} by={originsBy} frame={frame} />
      )}
      <EmbedLine origin={origin} translator={frame.translator} />
    </>
  );
}

/** What a site pastes, which also leads readers without scripts to the discussion; and whether they can sign in there. */
function EmbedLine({ origin, translator: { t } }: Pick<PartProps, 'origin'> & { readonly translator: Translator }) {
  const address = '/embed?url=https%3A%2F%2Fblog.example%2Fpage';
  return (
    <>
      <p class="hint">{t('site.embedPaste')}</p>
      <pre class="to-paste">
        <code>{`<script async src="${origin}/embed.js"></script>
<noscript><a href="${origin}${address}">${t('thread.noComments')}</a></noscript>`}</code>
      </pre>
      {!origin.startsWith('https:') && <p class="notice">{t('site.embedNeedsHttps')}</p>}
    </>
  );
}

/** The pages about the forum, which stand at the foot of every page. */
export function PagesPart({ frame, typed, errors }: PartProps) {
  const { t } = frame.translator;
  return (
    <>
      {SITE_PAGES.map((page) => (
        <TextArea
          key={page}
          name={page}
          label={t(`sitepage.${page}`)}
          hint={page === 'privacy' ? t('site.privacyHint') : t('site.pageHint')}
          value={typed[page] ?? ''}
          rows={6}
          required={false}
          errors={errors}
        />
      ))}
    </>
  );
}
