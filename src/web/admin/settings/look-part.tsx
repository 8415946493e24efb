import { colourOf, DEFAULT_ACCENT, LEAST_CONTRAST } from '../../../../libs/words/index.ts';
import { TextField } from '../../shell/fields.tsx';
import { useMarked } from '../../shell/refusable-fields.tsx';
import { brandImage } from '../../shell/site-parts.tsx';
import { Tick } from './fields.tsx';
import type { PartProps } from './settings-state.ts';

/**
 * The colour as a picker and as its code. Without a program both are sent with the code that they showed, so that the one that
 * was changed counts.
 */
function Colour({ typed, errors, frame }: Pick<PartProps, 'typed' | 'errors' | 'frame'>) {
  const { t } = frame.translator;
  const wrong = errors['accent'];
  const shown = colourOf(typed['accent'] ?? '') ?? DEFAULT_ACCENT;
  useMarked({ id: 'accent', label: t('site.accent'), wrong });
  return (
    <fieldset class="field" aria-describedby="accent-hint">
      <legend>{t('site.accent')}</legend>
      {wrong !== undefined && (
        <p class="field-error" id="accent-error">
          {wrong}
        </p>
      )}
      <div class="colour">
        <input type="color" name="accentPicked" value={shown} aria-label={t('site.accent')} />
        <input
          type="text"
          id="accent"
          name="accent"
          dir="ltr"
          spellcheck={false}
          autocomplete="off"
          value={typed['accent'] ?? DEFAULT_ACCENT}
          aria-label={t('site.accentCode')}
          aria-invalid={wrong === undefined ? undefined : true}
          aria-describedby={wrong === undefined ? 'accent-code' : 'accent-error accent-code'}
        />
      </div>
      <input type="hidden" name="accentShown" value={typed['accent'] ?? DEFAULT_ACCENT} />
      <p class="hint" id="accent-code">
        {t('site.accentCode')}
      </p>
      <p class="hint" id="accent-hint">
        {t('site.accentHint')}
      </p>
      <NearestColour frame={frame} />
    </fieldset>
  );
}

/** Empty until the page's program sees a colour that is hard to read, and offers the nearest that is not. */
function NearestColour({ frame }: Pick<PartProps, 'frame'>) {
  const { t, digits } = frame.translator;
  const least = digits(LEAST_CONTRAST.toFixed(1));
  const says = t('site.wrong.contrast', { found: '{found}', least, nearest: '{nearest}' });
  return (
    <>
      <p role="status" data-hard={says} />
      <p hidden>
        <button class="button quiet" type="button" data-take={t('site.takeColour', { colour: '{colour}' })} />
      </p>
    </>
  );
}

interface PictureProps {
  readonly name: 'logo' | 'icon';
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly remove: string;
  readonly wrong: string | undefined;
}

/** A picture that is sent anew, kept, or taken away. */
function Picture({ name, id, label, hint, remove, wrong }: PictureProps) {
  const file = `${name}File`;
  useMarked({ id: file, label, wrong });
  return (
    <div class="field">
      <label for={file}>{label}</label>
      {wrong !== undefined && (
        <p class="field-error" id={`${file}-error`}>
          {wrong}
        </p>
      )}
      {id !== '' && <img class="chosen-picture" src={brandImage(id)} alt={label} />}
      <input type="hidden" name={name} value={id} />
      <input
        type="file"
        id={file}
        name={file}
        accept="image/png,image/jpeg,image/webp,image/gif"
        aria-invalid={wrong === undefined ? undefined : true}
        aria-describedby={wrong === undefined ? `${file}-hint` : `${file}-error ${file}-hint`}
      />
      <p class="hint" id={`${file}-hint`}>
        {hint}
      </p>
      {id !== '' && <Tick name={name === 'logo' ? 'noLogo' : 'noIcon'} label={remove} isTicked={false} />}
    </div>
  );
}

/** The forum's name and face. */
export function LookPart({ frame, typed, errors }: PartProps) {
  const { t } = frame.translator;
  const text = (name: string) => ({ name, value: typed[name] ?? '', errors });
  return (
    <>
      <TextField {...text('name')} label={t('site.name')} />
      <TextField {...text('tagline')} label={t('site.tagline')} optional={t('form.optional')} required={false} />
      <TextField
        {...text('description')}
        label={t('site.descriptionLabel')}
        hint={t('site.descriptionHint')}
        optional={t('form.optional')}
        required={false}
      />
      <Colour typed={typed} errors={errors} frame={frame} />
      <Tick name="ownAccent" label={t('site.ownAccent')} isTicked={typed['ownAccent'] === '1'} errors={errors} />
      <Picture
        name="logo"
        id={typed['logo'] ?? ''}
        label={t('site.logo')}
        hint={t('site.logoHint')}
        remove={t('site.removeLogo')}
        wrong={errors['logo']}
      />
      <p
        class="field-error"
        role="status"
        data-faint-light={t('site.logoFaintLight')}
        data-faint-dark={t('site.logoFaintDark')}
        hidden
      />
      <Picture
        name="icon"
        id={typed['icon'] ?? ''}
        label={t('site.icon')}
        hint={t('site.iconHint')}
        remove={t('site.removeIcon')}
        wrong={errors['icon']}
      />
    </>
  );
}
