import { Inject, Injectable } from '@nestjs/common';
import type { Author, Comment } from '../../../../libs/client/index.ts';
import { idText } from '../../ids.ts';
import { MemberDirectory } from '../../members/door/member-directory.ts';
import { TranslationLines } from '../../translations/door/translation-lines.ts';
import { placeForReaders, placeInView, placeOfNew, presentComment, shownLanguage } from '../present-comment.ts';
import type { NewlyPosted } from '../thread.query-types.ts';
import type { CommentRow, Scope } from '../thread.reads.ts';
import { isWaitingStatus, STATUS } from '../thread.schema.ts';
import { type CommentText, CommentTexts } from './comment-texts.ts';

/** As much of a comment as somebody is told of it. */
export interface ToldComment {
  readonly id: string;
  readonly author: Author | null;
  /** The beginning of its text in plain words. */
  readonly excerpt: string;
  /** BCP 47; absent where nothing told it. */
  readonly language?: string;
}

/**
 * Turns rows into comments, with the parts that the viewer may see. The caller has checked that the viewer sees the
 * rows.
 */
@Injectable()
export class CommentPresenter {
  readonly #texts: CommentTexts;
  readonly #members: MemberDirectory;
  readonly #translations: Pick<TranslationLines, 'of'>;

  constructor(
    @Inject(CommentTexts) texts: CommentTexts,
    @Inject(MemberDirectory) members: MemberDirectory,
    @Inject(TranslationLines) translations: Pick<TranslationLines, 'of'>,
  ) {
    this.#texts = texts;
    this.#members = members;
    this.#translations = translations;
  }

  async presentOne(row: CommentRow, scope: Pick<Scope, 'sees'>): Promise<Comment> {
    const [comment] = await this.present([row], scope);
    if (!comment) throw new Error('a comment was not presented');
    return comment;
  }

  async present(rows: readonly CommentRow[], scope: Pick<Scope, 'sees'>): Promise<readonly Comment[]> {
    const readable = rows.filter((row) => isReadable(row, scope));
    const texts = new Map((await this.#texts.of(readable)).map((text, index) => [readable[index], text]));
    const authors = await this.#members.authors(readable.flatMap(({ author }) => (author ? [idText(author)] : [])));
    const visible = readable.filter(({ status }) => status === STATUS.visible);
    const translations = await this.#translations.of(visible.map(({ id }) => id));
    return rows.map((row) => {
      const opened = texts.get(row) ?? null;
      const text = typeof opened === 'string' ? null : opened;
      const author = row.author ? (authors.get(idText(row.author)) ?? null) : (namedFor(row, scope, text) ?? null);
      const place = isReadable(row, scope) ? placeInView(row) : placeForReaders(row);
      const gone = typeof opened === 'string' ? opened : null;
      const lines = row.status === STATUS.visible ? translations.get(place.id) : undefined;
      return presentComment(place, { text, author, gone, ...(lines && { translations: lines }) });
    });
  }

  /** Of comments that everybody can read; without those whose texts are gone. */
  async heads(rows: readonly CommentRow[]): Promise<readonly ToldComment[]> {
    const texts = await this.#texts.of(rows);
    const authors = await this.#members.authors(rows.flatMap(({ author }) => (author ? [idText(author)] : [])));
    return rows.flatMap((row, index) => {
      const text = texts[index];
      if (text === undefined || typeof text === 'string') return [];
      const author = row.author ? (authors.get(idText(row.author)) ?? null) : text.author;
      return [{ id: idText(row.id), author, excerpt: this.#texts.headOf(text), ...shownLanguage(row, text) }];
    });
  }

  /** The comment for a viewer who no longer finds it: its place, without any of its contents. */
  presentGone(row: CommentRow): Comment {
    const place = { ...placeForReaders(row), status: 'removed' } as const;
    return presentComment(place, { text: null, author: null, gone: null });
  }

  /** The same as `present` gives for its row, as long as only its own posting has touched the comment. */
  async presentNew(posted: NewlyPosted): Promise<Comment> {
    const { data } = posted.fact;
    const text = this.#texts.keepNew(posted);
    const author = data.authorId === null ? text.author : await this.#members.author(data.authorId);
    return presentComment(placeOfNew(posted), { text, author, gone: null });
  }
}

/** An imported author's e-mail is shown only to moderators, and their look is recorded. */
function namedFor(row: CommentRow, scope: Pick<Scope, 'sees'>, text: CommentText | null): Author | null | undefined {
  return scope.sees === 'all' && row.status !== STATUS.visible ? text?.contact : text?.author;
}

/**
 * Moderators read everything that is not erased. Others read visible comments, and members also their own held and
 * rejected ones.
 */
function isReadable(row: CommentRow, scope: Pick<Scope, 'sees'>): boolean {
  if (row.status === STATUS.erased) return false;
  return row.status === STATUS.visible || scope.sees === 'all' || (scope.sees === 'own' && isWaitingStatus(row.status));
}
