import type { QueryBus } from '@nestjs/cqrs';
import { inUnicode } from '../../libs/burmese/index.ts';
import type {
  Comment,
  Post,
  SourceText,
  SourceTexts,
  Translation,
  TranslationLine,
  TranslationList,
  TranslationRemovalWish,
  TranslationWish,
} from '../../libs/client/index.ts';
import { type CommandMeta, commentNotFound, DomainError, type Position, stepOf } from '../../libs/kernel/index.ts';
import {
  isEditor,
  isModerator,
  type TextLanguage,
  type TranslationReason,
  type TranslationWriters,
  textLanguageFor,
} from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal, viewerOf } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { StreamErasing } from '../commands/erase-streams.ts';
import { textOf } from '../domain/text.ts';
import {
  limitsOfTranslation,
  RemoveTranslation,
  type Translatable,
  translationIdOf,
  WriteTranslation,
} from '../domain/translation/translation.commands.ts';
import { GetPost } from '../views/post-list/post-list.query-types.ts';
import { GetComment, GetCommentHistory } from '../views/thread/thread.query-types.ts';
import {
  FindTranslation,
  GetRemovedTranslations,
  GetTranslationLines,
  GetTranslations,
  GetTranslationText,
  type RemovedTranslation,
  type StandingTranslation,
  type TranslatedText,
} from '../views/translations/translations.query-types.ts';
import type { Viewer } from '../views/viewer.ts';
import type { ForumWrites } from './forum-writes.ts';
import { TranslatedAnother } from './translated-another.ts';
import { unlessGone } from './unless-gone.ts';

export interface TranslatingParts {
  readonly writes: Pick<ForumWrites, 'send'>;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly streams: Pick<StreamErasing, 'erase'>;
  /** A translation's Markdown as safe HTML, with no picture of elsewhere that its original has not. */
  readonly htmlOf: (kind: TranslatedText['kind'], text: { body: string; original: string }) => Promise<string>;
  /** The settings in force. */
  readonly settings: () => { readonly writers: TranslationWriters; readonly maxLength: number };
}

/** Without a reason by whoever may take it away without one. */
export interface RemovalWish extends Pick<TranslationRemovalWish, 'revision' | 'statement'> {
  readonly reason: TranslationReason | null;
}

/** A text as its readers see it; without a body where they see only its place. */
export type TranslatableText =
  | { readonly kind: 'comment'; readonly comment: Comment }
  | { readonly kind: 'post'; readonly post: Post };

export interface ReadTranslations extends TranslationList {
  readonly text: TranslatableText;
}

/** Bytes of sealed texts for one answer: more than the longest post has, so that of long ones the first is told. */
const MOST_OPENED = 100_000;

/** What others wrote, in other languages. Everything throws DomainError. */
export class Translating {
  readonly #parts: TranslatingParts;

  constructor(parts: TranslatingParts) {
    this.#parts = parts;
  }

  /** Whether the site lets somebody with these roles translate. */
  mayTranslate(by: Pick<Principal, 'roles'> | null): boolean {
    const { writers } = this.#parts.settings();
    if (by === null || writers === 'nobody') return false;
    return writers === 'members' || isEditor(by.roles) || isModerator(by.roles);
  }

  /** How long a translation may be. */
  limitsOf({ kind }: Pick<TranslatedText, 'kind'>): ReturnType<typeof limitsOfTranslation> {
    return limitsOfTranslation(kind, this.#parts.settings().maxLength);
  }

  /** The language that a text is known to be in; undefined where it is not known. */
  static languageOf(text: TranslatableText): TextLanguage | undefined {
    return textLanguageFor(text.kind === 'comment' ? text.comment.language : text.post.locale);
  }

  /** Nothing is told of the translations of what readers do not read. Throws DomainError comment_not_found, post_not_found. */
  async list(of: TranslatedText, viewer: Viewer, language: string | null = null): Promise<ReadTranslations> {
    const text = await this.#read(of, viewer);
    const { id, body } = text.kind === 'comment' ? text.comment : text.post;
    const found = await this.#parts.queries.execute(
      new GetTranslations({ kind: of.kind, id }, body ?? '', language, MOST_OPENED),
    );
    return { text, ...found, ...(!isPublic(text) && { items: [], unopened: [] }) };
  }

  /** What readers see of a text, null where they see nothing of it. Throws DomainError comment_not_found, post_not_found. */
  async publicText(of: TranslatedText, viewer: Viewer): Promise<TranslatableText | null> {
    const text = await this.#read(of, viewer);
    return isPublic(text) ? text : null;
  }

  /** Into which languages a post that its reader has is translated, without the texts. */
  async lines({ id, status, locale }: Pick<Post, 'id' | 'status' | 'locale'>): Promise<readonly TranslationLine[]> {
    if (status !== 'published') return [];
    const lines = await this.#parts.queries.execute(new GetTranslationLines(id));
    return lines.filter(({ language }) => language !== locale);
  }

  /** What moderators removed of the viewer's own, and was not written again. */
  async removed({ text }: Pick<ReadTranslations, 'text'>, viewer: Viewer): Promise<readonly RemovedTranslation[]> {
    if (viewer === null || !isPublic(text)) return [];
    const { id } = text.kind === 'comment' ? text.comment : text.post;
    return this.#parts.queries.execute(new GetRemovedTranslations(id, viewer.memberId));
  }

  /** The newest translation of such a post into a language, alone. */
  async shown(
    { id, status, body }: Pick<Post, 'id' | 'status' | 'body'>,
    language: string,
  ): Promise<Translation | null> {
    if (status !== 'published') return null;
    const found = await this.#parts.queries.execute(new GetTranslations({ kind: 'post', id }, body, language, 0));
    return found.items[0] ?? null;
  }

  /**
   * The HTML that readers of the translation would get; nothing of it is kept. Throws DomainError comment_not_found, post_not_found,
   * forbidden, invalid, rate_limited.
   */
  async preview(of: TranslatedText, body: string, by: Principal): Promise<string> {
    await this.#parts.limits.take('preview', by.memberId);
    if (!this.mayTranslate(by)) throw new DomainError('forbidden', 'This forum takes no translation of yours.');
    const read = await this.publicText(of, viewerOf(by));
    if (read === null) throw of.kind === 'comment' ? commentNotFound() : postNotFound();
    const original = (read.kind === 'comment' ? read.comment.body : read.post.body) ?? '';
    const text = textOf(inUnicode(body), 'body', this.limitsOf(of).body);
    return this.#parts.htmlOf(of.kind, { body: text, original });
  }

  /**
   * Throws DomainError comment_not_found, post_not_found, comment_removed, erased, post_withdrawn, forbidden, invalid,
   * too_many_edits, as whoever may not take part, and TranslatedAnother.
   */
  async write(
    of: TranslatedText,
    wish: TranslationWish,
    by: Principal,
    asking: Asking,
  ): Promise<{ readonly translation: Translation | null; readonly position: Position }> {
    await this.#parts.limits.take('comment', by.memberId);
    await this.#requireAnotherLanguage(of, wish.language, by);
    const translationId = translationIdOf(translatable(of), wish.language, by.memberId);
    const { title = '', ...told } = wish;
    const data = { ...told, title, translationId, of: translatable(of), by, ...this.#parts.settings() };
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    const { position } = await this.#parts.writes
      .send(new WriteTranslation(data, meta))
      .catch(async (error: unknown) => {
        throw await this.#withTexts(error, { of, wish, by });
      });
    await this.#dropUnlessStanding(of, translationId, { by, meta });
    const read = await unlessGone(this.list(of, viewerOf(by), wish.language));
    const translation = read?.items.find(({ language }) => language === wish.language) ?? null;
    return { translation, position };
  }

  /**
   * By whoever wrote it, or the author of a text that says another thing since, without a reason, or by a moderator with one. Throws
   * DomainError not_found, forbidden, stale_revision where the wish names the revision of another text, and to that author what
   * `requireMayTakePart` does.
   */
  async remove(
    translationId: string,
    { reason, statement, revision }: RemovalWish,
    by: Principal,
    asking: Asking,
  ): Promise<{ readonly of: StandingTranslation | null; readonly position: Position }> {
    await this.#parts.limits.take(reason === null ? 'edit' : 'decide', by.memberId);
    const of = await this.#parts.queries.execute(new FindTranslation(translationId));
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    const isOutdated = reason === null && (await this.#isOutdated(of, by));
    const told = { ...(statement !== undefined && { statement }), ...(revision !== undefined && { seen: revision }) };
    const wish = { translationId, by, reason, isOutdated, ...told };
    const { position } = await this.#parts.writes.send(new RemoveTranslation(wish, meta));
    return { of, position };
  }

  /** Of one that is gone already the same is answered again, to whom its text allowed it; its translator needs no leave. */
  async #isOutdated(of: StandingTranslation | null, by: Principal): Promise<boolean> {
    if (of === null || of.memberId === by.memberId) return true;
    const text = await this.#parts.queries.execute(new GetTranslationText(of.translationId, ''));
    return text?.stale ?? false;
  }

  /** Who may not translate, or does not find the text, is told that instead. */
  async #requireAnotherLanguage(of: TranslatedText, language: string, by: Principal): Promise<void> {
    if (!this.mayTranslate(by)) return;
    const text = await unlessGone(this.#read(of, viewerOf(by)));
    if (text === null || Translating.languageOf(text) !== language) return;
    const message = 'is that of the original';
    throw new DomainError('invalid', `language ${message}`, [{ field: 'language', message }]);
  }

  async #read(of: TranslatedText, viewer: Viewer): Promise<TranslatableText> {
    const { queries } = this.#parts;
    if (of.kind === 'comment')
      return { kind: 'comment', comment: await queries.execute(new GetComment(of.id, viewer)) };
    return { kind: 'post', post: await queries.execute(new GetPost(of.id, viewer, new Date().toISOString())) };
  }

  /**
   * The words go where their comment was erased while they were on their way, found by its translator or not: whoever of the
   * two is recorded last sees the other one.
   */
  async #dropUnlessStanding(
    of: TranslatedText,
    translationId: string,
    { by, meta }: { readonly by: Principal; readonly meta: CommandMeta },
  ): Promise<void> {
    if (of.kind === 'post') return;
    const everything: Viewer = { memberId: by.memberId, roles: ['moderator', 'editor'] };
    const comment = await unlessGone(this.#parts.queries.execute(new GetComment(of.id, everything)));
    if (comment?.status !== 'erased') return;
    await this.#parts.streams.erase([`translation-${translationId}`], stepOf(meta, 'keys'));
  }

  /** What stands in the place of the text that was read at another revision; null where that stands, or its reader finds none. */
  async changedSince(
    { text, sourceRevision }: Pick<ReadTranslations, 'text' | 'sourceRevision'>,
    seenRevision: number,
    viewer: Viewer,
  ): Promise<SourceTexts | null> {
    if (sourceRevision === seenRevision || !isPublic(text)) return null;
    return this.#textsOf({ text, sourceRevision }, seenRevision, viewer);
  }

  async #withTexts(
    error: unknown,
    { of, wish, by }: { readonly of: TranslatedText; readonly wish: TranslationWish; readonly by: Principal },
  ): Promise<unknown> {
    if (!(error instanceof DomainError && error.code === 'stale_revision')) return error;
    const viewer = viewerOf(by);
    const source = await this.#textsOf(await this.list(of, viewer, wish.language), wish.sourceRevision, viewer);
    if (source === null) throw commentNotFound();
    return new TranslatedAnother(error, source);
  }

  /** Earlier texts of a comment are everybody's to read; those of a post are its editors'. Null without a text. */
  async #textsOf(
    { text, sourceRevision: revision }: Pick<ReadTranslations, 'text' | 'sourceRevision'>,
    seenRevision: number,
    viewer: Viewer,
  ): Promise<SourceTexts | null> {
    if (text.kind === 'post') {
      const { title, body } = text.post;
      return { seen: null, now: { revision, title, body } };
    }
    const { id, body } = text.comment;
    return body === null ? null : { seen: await this.#formerText(id, seenRevision, viewer), now: { revision, body } };
  }

  async #formerText(commentId: string, revision: number, viewer: Viewer): Promise<SourceText | null> {
    const page = { after: revision - 1, limit: 1 };
    const { revisions } = await this.#parts.queries.execute(new GetCommentHistory(commentId, viewer, page));
    const former = revisions.find((one) => one.revision === revision);
    return former?.body == null ? null : { revision, body: former.body };
  }
}

function postNotFound(): DomainError {
  return new DomainError('post_not_found', 'There is no such post.');
}

function translatable({ kind, id }: TranslatedText): Translatable {
  return kind === 'comment' ? { kind, commentId: id } : { kind, postId: id };
}

/** What readers see nothing of has no translation either, whoever asks. */
function isPublic(text: TranslatableText): boolean {
  if (text.kind === 'post') return text.post.status === 'published';
  return text.comment.status === 'visible' && text.comment.body !== null;
}
