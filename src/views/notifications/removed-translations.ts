import type { Notification } from '../../../libs/client/index.ts';
import type { Views } from '../../../libs/projections/index.ts';
import type { Vault } from '../../../libs/vault/index.ts';
import { isTranslationLanguage, TRANSLATION_REASONS } from '../../../libs/words/index.ts';
import { rulingsAt } from '../moderation-log/door/rulings.ts';
import { languagesOf } from '../translations/door/translation-keys.ts';
import type { Listed } from './listed.ts';
import { TRANSLATION_REMOVED } from './telling-rulings.ts';

type RemovalTold = Pick<Notification, 'translation' | 'statement'>;

const STREAM = 'translation-';

/** What whoever translated is told of a removal, by its position: of which translation, why, and the moderator's words. */
export async function removalsTold(
  items: readonly Listed[],
  { views, vault }: { readonly views: Pick<Views, 'db'>; readonly vault: Pick<Vault, 'open'> },
): Promise<ReadonlyMap<string, RemovalTold>> {
  const removals = items.filter(({ kind, outcome }) => kind === 'decision' && outcome === TRANSLATION_REMOVED);
  if (removals.length === 0) return new Map();
  const rulings = await rulingsAt(
    removals.map(({ n }) => n),
    { views, vault },
  );
  const languages = languagesOf(
    views,
    [...rulings.values()].map(({ stream }) => stream.slice(STREAM.length)),
  );
  return new Map(
    [...rulings].map(([n, { stream, reason, statement }]): readonly [string, RemovalTold] => {
      const language = languages.get(stream.slice(STREAM.length));
      const known = TRANSLATION_REASONS.find((one) => one === reason) ?? 'other';
      return [
        n,
        {
          ...(language !== undefined &&
            isTranslationLanguage(language) && { translation: { language, reason: known } }),
          ...(statement !== null && { statement }),
        },
      ];
    }),
  );
}
