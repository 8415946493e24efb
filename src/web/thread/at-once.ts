import type { QueryBus } from '@nestjs/cqrs';
import type { Comment } from '../../../libs/client/index.ts';
import { GetTranslationHtml } from '../../views/translations/translations.query-types.ts';
import type { Frame } from '../shell/frame.ts';
import { lineAtOnce } from './parts/other-languages.ts';
import type { TranslatedAtOnce } from './parts/shown-comment.ts';

/** Bytes of sealed translations that stand on a page without being asked for; further ones open when they are. */
const MOST_AT_ONCE = 100_000;

type Reader = Pick<Frame, 'member' | 'reads' | 'translationsShown' | 'translator'>;

/** The translations that stand with these comments for a reader who does not ask for each; undefined for everybody else. */
export async function translationsAtOnce(
  comments: readonly Comment[],
  { member, reads, translationsShown, translator: { locale } }: Reader,
  queries: Pick<QueryBus, 'execute'>,
): Promise<TranslatedAtOnce | undefined> {
  if (reads === null || translationsShown === 'asked') return undefined;
  const viewer = member && { memberId: member.id };
  const wanted = new Map(
    comments.flatMap((comment): readonly (readonly [string, string])[] => {
      const line = lineAtOnce(comment, { reads, viewer, locale });
      return line === undefined ? [] : [[line.id, comment.id]];
    }),
  );
  if (wanted.size === 0) return undefined;
  const texts = await queries.execute(new GetTranslationHtml([...wanted.keys()], MOST_AT_ONCE));
  return Object.fromEntries(
    texts.flatMap((text) => {
      const commentId = wanted.get(text.id);
      return commentId === undefined ? [] : [[commentId, text] as const];
    }),
  );
}
