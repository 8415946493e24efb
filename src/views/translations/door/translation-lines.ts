import { Inject, Injectable } from '@nestjs/common';
import type { TranslationLine } from '../../../../libs/client/index.ts';
import { statement, VIEWS, type Views } from '../../../../libs/projections/index.ts';
import { isTranslationLanguage } from '../../../../libs/words/index.ts';
import { idBytes, idText } from '../../ids.ts';
import { MemberDirectory } from '../../members/door/member-directory.ts';
import { moment } from '../../moment.ts';
import { SameWords } from './same-words-history.ts';
import { staleness, type TextTimes, withTimes } from './text-times.ts';

interface LineRow extends TextTimes {
  readonly id: Buffer;
  readonly language: string;
  readonly member: Buffer;
  readonly at: number;
}

const any = statement<{ readonly n: number }>('SELECT n FROM translated WHERE comment IS NOT NULL LIMIT 1');
/** With max(), SQLite takes the other columns from the row that has it. */
const newestWhere = (where: string, by: string): string => `
  SELECT comment, id, language, member, at, source, max(n) AS n, coalesce(comment, post) AS text FROM translated
  WHERE ${where} GROUP BY ${by}`;
const newest = statement<LineRow & { readonly comment: Buffer }>(
  withTimes(newestWhere('comment IN (SELECT unhex(value) FROM json_each(?))', 'comment, language')),
);
const newestOfPosts = statement<LineRow>(
  withTimes(newestWhere('post IN (SELECT unhex(value) FROM json_each(?)) AND comment IS NULL', 'post, language')),
);

/** What is told of translations beside the comments that they are of; the caller tells it only to who reads the comment. */
@Injectable()
export class TranslationLines {
  readonly #views: Views;
  readonly #members: MemberDirectory;
  readonly #sameWords: Pick<SameWords, 'of'>;

  constructor(
    @Inject(VIEWS) views: Views,
    @Inject(MemberDirectory) members: MemberDirectory,
    @Inject(SameWords) sameWords: Pick<SameWords, 'of'>,
  ) {
    this.#views = views;
    this.#members = members;
    this.#sameWords = sameWords;
  }

  /** By comment; those without any are missing. Most forums have none, and then nothing is looked up. */
  async of(comments: readonly Buffer[]): Promise<ReadonlyMap<string, readonly TranslationLine[]>> {
    const lines = new Map<string, TranslationLine[]>();
    const db = this.#views.db('translations');
    if (comments.length === 0 || any(db).get() === undefined) return lines;
    const rows = newest(db).all(JSON.stringify(comments.map((id) => id.toString('hex'))));
    for (const { comment, line } of await this.#told(rows)) {
      const id = idText(comment);
      lines.set(id, [...(lines.get(id) ?? []), line]);
    }
    return lines;
  }

  /** Those of a post itself, by language. */
  async ofPost(postId: string): Promise<readonly TranslationLine[]> {
    return (await this.ofPosts([postId])).get(postId) ?? [];
  }

  /** By post; those without any are missing. */
  async ofPosts(postIds: readonly string[]): Promise<ReadonlyMap<string, readonly TranslationLine[]>> {
    const ids = postIds.map((id) => idBytes(id).toString('hex'));
    const told = await this.#told(newestOfPosts(this.#views.db('translations')).all(JSON.stringify(ids)));
    const byPost = Map.groupBy(told, ({ text }) => idText(text));
    return new Map([...byPost].map(([post, rows]) => [post, rows.map(({ line }) => line)]));
  }

  async #told<Row extends LineRow>(rows: readonly Row[]): Promise<readonly (Row & { line: TranslationLine })[]> {
    const members = await this.#members.authors(rows.map(({ member }) => idText(member)));
    const told = rows.map(async (row): Promise<readonly (Row & { line: TranslationLine })[]> => {
      const { language } = row;
      if (!isTranslationLanguage(language)) return [];
      const line: TranslationLine = {
        id: idText(row.id),
        language,
        by: members.get(idText(row.member)) ?? null,
        writtenAt: moment(row.at),
        ...(await staleness(row, this.#sameWords)),
      };
      return [{ ...row, line }];
    });
    return (await Promise.all(told)).flat();
  }
}
