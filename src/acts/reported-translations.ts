import type { QueryBus } from '@nestjs/cqrs';
import type {
  Comment,
  ReportedTranslation,
  ReportedTranslations,
  TranslationReportWish,
  TranslationText,
} from '../../libs/client/index.ts';
import { DomainError, type Position } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal, viewerOf } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import { DismissTranslationReports } from '../domain/translation/translation.commands.ts';
import { ReportTranslation } from '../domain/translation-report/translation-report.commands.ts';
import { GetPost } from '../views/post-list/post-list.query-types.ts';
import { GetComment } from '../views/thread/thread.query-types.ts';
import {
  CountReportedTranslations,
  GetOpenReports,
  GetReportedTranslations,
  type OpenReports,
} from '../views/translation-reports/translation-reports.query-types.ts';
import {
  FindTranslation,
  GetTranslationText,
  type StandingTranslation,
  type TranslatedText,
} from '../views/translations/translations.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';
import type { Looks } from './looks/looks.ts';
import type { TranslatableText, Translating } from './translating.ts';
import { unlessGone } from './unless-gone.ts';

export interface ReportedTranslationsParts {
  readonly writes: Pick<ForumWrites, 'send'>;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly looks: Pick<Looks, 'looked'>;
  readonly translating: Pick<Translating, 'publicText'>;
}

/** A translation that its reader may complain about. */
export interface ReportableTranslation {
  readonly of: StandingTranslation;
  readonly text: TranslatableText;
  readonly translation: TranslationText;
}

/** Translations that are told at once. */
const MOST_TOLD = 20;

/** Complaints about translations, and what moderators make of them. Everything throws DomainError. */
export class ReportedTranslationActs {
  readonly #parts: ReportedTranslationsParts;

  constructor(parts: ReportedTranslationsParts) {
    this.#parts = parts;
  }

  /** Throws DomainError not_found, comment_not_found and post_not_found, as for whoever does not read what is translated. */
  async reportable(translationId: string, by: Principal): Promise<ReportableTranslation> {
    const { queries, translating } = this.#parts;
    const of = await queries.execute(new FindTranslation(translationId));
    if (of === null) throw translationNotFound();
    const text = await translating.publicText(sourceOf(of), viewerOf(by));
    if (text === null) throw translationNotFound();
    const original = (text.kind === 'comment' ? text.comment.body : text.post.body) ?? '';
    const translation = await queries.execute(new GetTranslationText(translationId, original));
    if (translation === null) throw translationNotFound();
    return { of, text, translation };
  }

  /**
   * The same report of the same text again is answered as it was recorded. Throws DomainError not_found, forbidden for the
   * own translation, invalid, as whoever may not take part or does not find what is translated, and ReportedOtherwise.
   */
  async report(
    translationId: string,
    { reason, note }: TranslationReportWish,
    by: Principal,
    asking: Asking,
  ): Promise<Position> {
    await this.#parts.limits.take('report', by.memberId);
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    const wish = { translationId, by, reason, note: note ?? null };
    return (await this.#parts.writes.send(new ReportTranslation(wish, meta))).position;
  }

  /** Those that wait longest. That a moderator saw texts that readers do not see is recorded. */
  async list(by: Principal): Promise<ReportedTranslations> {
    const { queries, looks } = this.#parts;
    const [open, total] = await Promise.all([
      queries.execute(new GetReportedTranslations(MOST_TOLD)),
      queries.execute(new CountReportedTranslations()),
    ]);
    const items = await Promise.all(open.map((one) => this.#told(one, by)));
    const comments = items.flatMap(({ comment }) => comment ?? []);
    await looks.looked(by, { place: 'queue', subject: 'translations', comments });
    return { items, total };
  }

  /** It stays as it was seen. Throws DomainError not_found, forbidden for the own translation, and stale_revision. */
  async dismiss(translationId: string, revision: number, by: Principal, asking: Asking): Promise<Position> {
    await this.#parts.limits.take('decide', by.memberId);
    const reports = await this.#parts.queries.execute(new GetOpenReports(translationId));
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    const wish = { translationId, by, revision, reports };
    return (await this.#parts.writes.send(new DismissTranslationReports(wish, meta))).position;
  }

  async #told({ translationId, postId, commentId, ...told }: OpenReports, by: Principal): Promise<ReportedTranslation> {
    const { queries } = this.#parts;
    const viewer = viewerOf(by);
    const now = new Date().toISOString();
    const [post, comment] = await Promise.all([
      unlessGone(queries.execute(new GetPost(postId, viewer, now))),
      commentId === null ? null : unlessGone<Comment>(queries.execute(new GetComment(commentId, viewer))),
    ]);
    const original = (commentId === null ? post?.body : comment?.body) ?? '';
    const translation = await queries.execute(new GetTranslationText(translationId, original));
    return { translation, translationId, comment, post: post && shownOf(post), ...told };
  }
}

function shownOf({ id, slug, title, locale, bodyHtml }: NonNullable<ReportedTranslation['post']>) {
  return { id, slug, title, locale, bodyHtml };
}

function sourceOf({ postId, commentId }: StandingTranslation): TranslatedText {
  return commentId === null ? { kind: 'post', id: postId } : { kind: 'comment', id: commentId };
}

function translationNotFound(): DomainError {
  return new DomainError('not_found', 'There is no such translation.');
}
