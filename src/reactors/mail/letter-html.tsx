import { renderToString } from 'preact-render-to-string';
import { directionOf } from '../../../libs/translation/index.ts';
import type { Letter } from './letter.ts';
import { COLOURS } from './parts.tsx';

/** Scripts whose marks stack need more room between lines. */
const HIGH_SCRIPTS = ['th', 'lo', 'km', 'my'];
const FONTS =
  "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Thai','Noto Sans Lao','Noto Sans Khmer','Noto Sans Myanmar','Noto Sans SC',sans-serif";

const dark = (colour: keyof typeof COLOURS): string => COLOURS[colour][1];

/** Programs without this rule show the light colours; `!important` goes before the styles of the elements. */
const DARK_RULES = `@media (prefers-color-scheme:dark){
.paper{background:${dark('paper')} !important}
.card{background:${dark('raised')} !important;border-color:${dark('line')} !important}
.ink{color:${dark('ink')} !important}
.quiet{color:${dark('quiet')} !important}
.quote{color:${dark('ink')} !important;border-color:${dark('line')} !important}
.button{background:${dark('accent')} !important;color:${dark('accentInk')} !important}
}`;

const CARD = `max-width:560px;margin:0 auto;padding:24px;border:1px solid ${COLOURS.line[0]};border-radius:8px;background:${COLOURS.raised[0]};text-align:start;`;
const SITE = `margin:0 0 20px;font-size:14px;font-weight:600;color:${COLOURS.quiet[0]};`;

/**
 * The letter as a whole HTML document. Nothing in it is fetched from anywhere: no image, no font, no style sheet, so
 * nobody learns that it was opened.
 */
export function letterHtml({ locale, subject, body }: Letter, siteName: string): string {
  const lineHeight = HIGH_SCRIPTS.includes(locale) ? 1.85 : 1.6;
  const text = `margin:0;padding:16px 8px;background:${COLOURS.paper[0]};font-family:${FONTS};font-size:16px;line-height:${lineHeight};`;
  const page = (
    <html lang={locale} dir={directionOf(locale)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{subject}</title>
        <style>{DARK_RULES}</style>
      </head>
      <body class="paper" style={text}>
        <div class="card" style={CARD}>
          <p class="quiet" style={SITE}>
            {siteName}
          </p>
          {body}
        </div>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(page)}`;
}
