import type { QueryBus } from '@nestjs/cqrs';
import type { Post, TranslationLine } from '../../../libs/client/index.ts';
import { type TranslationLanguage, textLanguageFor } from '../../../libs/words/index.ts';
import {
  GetLinesOfPosts,
  GetTranslatedTitles,
  type TranslatedHead,
} from '../../views/translations/translations.query-types.ts';
import type { Frame } from './frame.ts';
import { likeliest } from './likeliest-translation.ts';

/** Bytes of sealed translations that are opened for the titles of one page; those beyond keep the original's. */
const MOST_OPENED = 1_000_000;

type Reader = Pick<Frame, 'reads' | 'translationsShown' | 'translator'>;

export interface TranslatedTitle extends TranslatedHead {
  readonly language: TranslationLanguage;
}

/** By post; those that keep the title of their original are missing. */
export type TranslatedTitles = ReadonlyMap<string, TranslatedTitle>;

/** The translation of a post itself that a reader is shown without asking for it, unless it reads the post's own language. */
export function postLineAtOnce(
  post: Pick<Post, 'locale'>,
  lines: readonly TranslationLine[],
  reader: Reader,
): TranslationLine | undefined {
  const { reads } = reader;
  if (reads === null || !isTranslatedFor(post, reader)) return undefined;
  const read = lines.filter((line) => reads.some((code) => code === line.language));
  return likeliest(read, reader.translator.locale);
}

/**
 * The titles of posts in a list for a reader who does not ask for each translation; the same whose text the page of the post
 * shows. Two questions for a page, and none where its reader chose nothing.
 */
export async function translatedTitles(
  posts: readonly Pick<Post, 'id' | 'locale'>[],
  reader: Reader,
  queries: Pick<QueryBus, 'execute'>,
): Promise<TranslatedTitles> {
  const asked = new Map(posts.filter((post) => isTranslatedFor(post, reader)).map((post) => [post.id, post]));
  if (asked.size === 0) return new Map();
  const lines = await queries.execute(new GetLinesOfPosts([...asked.keys()]));
  const chosen = [...asked.values()].flatMap((post) => {
    const line = postLineAtOnce(post, lines.get(post.id) ?? [], reader);
    return line === undefined ? [] : [{ postId: post.id, line }];
  });
  if (chosen.length === 0) return new Map();
  const titles = await queries.execute(
    new GetTranslatedTitles(
      chosen.map(({ line }) => line.id),
      MOST_OPENED,
    ),
  );
  return new Map(
    chosen.flatMap(({ postId, line: { id, language } }) => {
      const head = titles.get(id);
      return head === undefined ? [] : [[postId, { ...head, language }] as const];
    }),
  );
}

/** Nobody is told that a post is translated who did not choose to be, or who reads it. */
function isTranslatedFor({ locale }: Pick<Post, 'locale'>, { reads, translationsShown }: Reader): boolean {
  const language = textLanguageFor(locale);
  return reads !== null && translationsShown !== 'asked' && language !== undefined && !reads.includes(language);
}
