import { renderToString } from 'preact-render-to-string';
import type { AroundKept } from '../../../libs/mail/index.ts';
import { directionOf } from '../../../libs/translation/index.ts';
import { accentPair, LEAST_CONTRAST, lowestContrast, type ThemePair } from '../../../libs/words/index.ts';
import type { Letter } from './letter.ts';
import { buttonStyle, COLOURS } from './parts.tsx';

/** What a letter shows of the forum. */
export interface LetterSite {
  readonly name: string;
  /** The accent that the forum has chosen; null for the own one. */
  readonly accent: string | null;
}

/** Scripts whose marks stack need more room between lines. */
const HIGH_SCRIPTS = ['th', 'lo', 'km', 'my'];
const FONTS =
  "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Thai','Noto Sans Lao','Noto Sans Khmer','Noto Sans Myanmar','Noto Sans SC',sans-serif";

const dark = (colour: keyof typeof COLOURS): string => COLOURS[colour][1];

/** Programs without this rule show the light colours; `!important` goes before the styles of the elements. */
const darkRules = (accent: string): string => `@media (prefers-color-scheme:dark){
.paper{background:${dark('paper')} !important}
.card{background:${dark('raised')} !important;border-color:${dark('line')} !important}
.ink{color:${dark('ink')} !important}
.quiet{color:${dark('quiet')} !important}
.quote{color:${dark('ink')} !important;border-color:${dark('line')} !important}
.button{background:${accent} !important;color:${dark('accentInk')} !important}
}`;

const CARD = `max-width:560px;margin:0 auto;padding:24px;border:1px solid ${COLOURS.line[0]};border-radius:8px;background:${COLOURS.raised[0]};text-align:start;`;
const ARTICLE = `margin:0 0 20px;color:${COLOURS.ink[0]};overflow-wrap:anywhere;`;
/** No text of anybody has it in HTML, where its first sign is escaped. */
const ARTICLE_PLACE = '<!--article-->';
const SITE = `margin:0 0 20px;font-size:14px;font-weight:600;color:${COLOURS.quiet[0]};`;

/**
 * The letter as a whole HTML document. Nothing in it is fetched from anywhere: no image, no font, no style sheet, so
 * nobody learns that it was opened.
 */
export function letterHtml(letter: Letter, { name, accent }: LetterSite): string | AroundKept {
  const { locale, subject, article, body } = letter;
  const colours = coloursOf(accent);
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
        <style>{darkRules(colours.dark)}</style>
      </head>
      <body class="paper" style={text}>
        {/* Mail programs that do not know the landmark pass over it: nothing of the look is its own. */}
        <main>
          <div class="card" style={CARD}>
            <h1 class="quiet" style={SITE}>
              {name}
            </h1>
            {article && <div class="ink" style={ARTICLE} dangerouslySetInnerHTML={{ __html: ARTICLE_PLACE }} />}
            {body}
          </div>
        </main>
      </body>
    </html>
  );
  // In a text the quotation marks are escaped, so this stands in the styles of buttons alone.
  const own = `style="${buttonStyle(COLOURS.accent[0])}"`;
  const html = `<!doctype html>${renderToString(page).replaceAll(own, `style="${buttonStyle(colours.light)}"`)}`;
  return article === undefined ? html : around(html, article.html);
}

function around(html: string, kept: AroundKept['kept']): AroundKept {
  const at = html.lastIndexOf(ARTICLE_PLACE);
  return { before: html.slice(0, at), kept, after: html.slice(at + ARTICLE_PLACE.length) };
}

/** The forum's accent where buttons of it can be read, and else the own one. */
function coloursOf(accent: string | null): ThemePair {
  const [light, dark] = COLOURS.accent;
  const pair = accent === null ? null : accentPair(accent);
  const isReadable =
    pair !== null &&
    (['light', 'dark'] as const).every((theme) => lowestContrast(pair[theme], theme) >= LEAST_CONTRAST);
  return pair !== null && isReadable ? pair : { light, dark };
}
