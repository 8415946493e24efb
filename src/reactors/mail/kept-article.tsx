import { renderToString } from 'preact-render-to-string';
import { keptText } from '../../../libs/mail/index.ts';
import { directionOf } from '../../../libs/translation/index.ts';
import type { KeptArticle } from './letter.ts';
import { withoutGaps } from './letter-text.ts';

const TITLE = 'margin:0 0 16px;font-size:22px;line-height:1.3;';

/** A post that goes by mail. */
export interface Article {
  readonly title: string;
  /** Safe, with whole addresses. */
  readonly html: string;
  readonly text: string;
  /** BCP 47, of the text. */
  readonly locale: string;
}

/** Writes a post for all its mails. */
export async function keptArticle({ title, html, text, locale }: Article): Promise<KeptArticle> {
  const head = renderToString(<h2 style={TITLE}>{title}</h2>);
  const part = `<div lang="${locale}" dir="${directionOf(locale)}">${head}<div>${html}</div></div>`;
  return { html: await keptText(part), text: await keptText(`${withoutGaps(`${title}\n\n${text}`)}\n\n`) };
}
