import { ColloquyClient } from '../../../../libs/client/rest-client.ts';
import type { Translation } from '../../../../libs/client/translation-shapes.ts';
import { TranslationsClient } from '../../../../libs/client/translations-client.ts';
import { frameSite } from '../../shell/browser/frame-site.ts';

/** The translation of a comment that a reader asks for; null where there is none any more. Rejects as the client does. */
export async function shownTranslation(commentId: string, language: string): Promise<Translation | null> {
  const client = new TranslationsClient(new ColloquyClient({ frame: frameSite() }).http);
  const { items } = await client.ofComment(commentId);
  return items.find((item) => item.language === language) ?? null;
}
