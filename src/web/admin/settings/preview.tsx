import {
  accentPair,
  colourOf,
  contrastOnPaper,
  DEFAULT_ACCENT,
  LEAST_CONTRAST,
  lowestContrast,
} from '../../../../libs/words/index.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { Logo } from '../../shell/site-parts.tsx';
import type { Typed } from '../../shell/typed.ts';

interface PreviewProps {
  readonly translator: Translator;
  readonly typed: Typed;
  /** The page's program shows it with the next colour that is chosen. */
  readonly hidden?: boolean;
}

const THEMES = ['light', 'dark'] as const;

/** The name, the logo and the colour in both themes: as they were chosen, whether they are saved or not. */
export function LookPreview({ translator, typed, hidden = false }: PreviewProps) {
  const { t, digits } = translator;
  const accent = typed['ownAccent'] === '1' ? DEFAULT_ACCENT : (colourOf(typed['accent'] ?? '') ?? DEFAULT_ACCENT);
  const isReadable = lowestContrast(accent, 'light') >= LEAST_CONTRAST;
  const colours = accentPair(accent);
  const logo = typed['noLogo'] === '1' ? null : typed['logo'] || null;
  return (
    <section class="look-preview" id="preview" aria-labelledby="preview-title" hidden={hidden}>
      {isReadable && <link rel="stylesheet" href={`/brand/preview-${accent.slice(1)}.css`} />}
      <h3 id="preview-title">{t('write.preview')}</h3>
      {THEMES.map((theme) => (
        <section key={theme} class={`brand-preview ${theme}`} aria-label={t(`site.theme.${theme}`)}>
          <p class={logo === null ? 'site-name' : 'site-name with-logo'}>
            <Logo site={{ logo }} />
            <bdi data-preview="name">{typed['name']}</bdi>
          </p>
          <p class="preview-tagline" data-preview="tagline" dir="auto">
            {typed['tagline']}
          </p>
          <p>
            <span class="preview-link">{t('site.sampleLink')}</span> <span class="button">{t('form.save')}</span>
          </p>
          <p class="hint">
            {t(`site.theme.${theme}`)}:{' '}
            <span data-preview="contrast">{digits(contrastOnPaper(colours[theme], theme).toFixed(1))}</span>:1
          </p>
        </section>
      ))}
    </section>
  );
}
