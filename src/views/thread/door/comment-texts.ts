import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { GuestAuthor, ImportedAuthor } from '../../../../libs/client/index.ts';
import { isErased, isUnreadable, Slices } from '../../../../libs/kernel/index.ts';
import { toldByLetters } from '../../../../libs/languages/index.ts';
import { headOf, renderComment } from '../../../../libs/markdown/index.ts';
import { VIEWS, type Views } from '../../../../libs/projections/index.ts';
import { VAULT, type Vault, withoutCommitment } from '../../../../libs/vault/index.ts';
import type { TextLanguage } from '../../../../libs/words/index.ts';
import { commentHtml } from '../../comment-html.ts';
import { idText } from '../../ids.ts';
import { objectIn, openedTextIn } from '../../rows.ts';
import { UntilErased } from '../../until-erased.ts';
import { type KeptSeal, placeOfText } from '../kept-seal.ts';
import type { NewlyPosted } from '../thread.query-types.ts';
import type { CommentRow } from '../thread.reads.ts';
import { LOG_OF_TEXTS, type LogOfTexts } from './texts-history.ts';

/** Characters of opened and rendered text in memory: of some ten thousand comments, in 8 to 16 MiB. */
const MOST_CHARACTERS = 8 * 1024 * 1024;
/** The same of text that was opened alone: of some ten thousand comments. */
const MOST_OPENED = 4 * 1024 * 1024;
/** The texts that are opened together. */
const AT_ONCE = 32;
/** The most of a text that is told in a few words, in UTF-16 units. */
const MOST_HEAD = 240;

/** An author who is no member. */
export type NamedAuthor = ImportedAuthor | GuestAuthor;

export interface CommentText {
  readonly body: string;
  readonly bodyHtml: string;
  /** The author of an imported or a guest's comment. */
  readonly author: NamedAuthor | null;
  /** The same with the e-mail address, for moderators; a guest's is for admins alone. */
  readonly contact: NamedAuthor | null;
  /** What its letters tell of its language; null where they are those of many. */
  readonly language: TextLanguage | null;
}

/** The reason for a missing text: its key was destroyed, or nothing opens it though nobody erased it. */
export type NoText = 'erased' | 'unreadable';

/** The fields by which a comment's source text is found; `posted` and `position` are decimal. */
export type SealedText = Pick<CommentRow, 'id' | 'edited_at' | 'position' | 'posted' | 'sealed'>;
/** With the first text of a changed one, which names an author who is no member. */
export type SealedTexts = SealedText & Pick<CommentRow, 'byline'>;

/**
 * Comments' texts, opened with the vault and rendered once for each state of the comment, until an erasure goes on.
 */
@Injectable()
export class CommentTexts implements OnModuleDestroy {
  readonly #vault: Pick<Vault, 'open'>;
  readonly #log: LogOfTexts;
  /** All callers share the slices, so that other requests are heard between two texts. */
  readonly #slices = new Slices();
  readonly #texts = new LRUCache<string, CommentText>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: ({ body, bodyHtml }) => body.length + bodyHtml.length + 200,
  });
  readonly #bodies = new LRUCache<string, { readonly body: string }>({
    maxSize: MOST_OPENED,
    sizeCalculation: ({ body }) => body.length + 100,
  });
  /** Of the texts that somebody was told of: thousands may be told of one within a minute. Each goes with its text. */
  readonly #heads = new WeakMap<CommentText, string>();
  /** The texts being opened now; calls made meanwhile wait for the same one. */
  readonly #underWay = new Map<string, Promise<CommentText | NoText>>();

  readonly #erasing: UntilErased;

  constructor(
    @Inject(VAULT) vault: Pick<Vault, 'open'>,
    @Inject(VIEWS) views: Pick<Views, 'onProjected'>,
    @Inject(LOG_OF_TEXTS) log: LogOfTexts,
  ) {
    this.#vault = vault;
    this.#log = log;
    this.#erasing = new UntilErased(views, { renewals: ['thread'], forget: () => this.#forget() });
  }

  onModuleDestroy(): void {
    this.#erasing.close();
  }

  /** In the order of the rows. */
  async of(rows: readonly SealedTexts[]): Promise<readonly (CommentText | NoText)[]> {
    const texts: (CommentText | NoText)[] = [];
    for (let start = 0; start < rows.length; start += AT_ONCE) {
      const some = rows.slice(start, start + AT_ONCE);
      texts.push(...(await Promise.all(some.map((row) => this.#known(row) ?? this.#opened(row)))));
    }
    return texts;
  }

  /** Its beginning in plain words. */
  headOf(text: CommentText): string {
    const known = this.#heads.get(text);
    if (known !== undefined) return known;
    const head = headOf(text.body, MOST_HEAD);
    this.#heads.set(text, head);
    return head;
  }

  /** The source text alone, which is not rendered; null where the key was destroyed. */
  body(row: SealedText): string | null | Promise<string | null> {
    const key = keyOf(row);
    const known = this.#texts.get(key) ?? this.#bodies.get(key);
    return known?.body ?? this.#openBody(row, key);
  }

  /** The same of several, in their order. */
  async bodies(rows: readonly SealedText[]): Promise<readonly (string | null)[]> {
    const bodies: (string | null)[] = [];
    const opening: Promise<void>[] = [];
    for (const [at, row] of rows.entries()) {
      const body = this.body(row);
      if (body instanceof Promise) opening.push(body.then((opened) => void (bodies[at] = opened)));
      else bodies[at] = body;
    }
    await Promise.all(opening);
    return bodies;
  }

  /**
   * The source text of a comment that was posted at that position and not changed since; null when it is not at hand.
   */
  newBody(posted: string): string | null {
    return this.#texts.get(`${posted} ${posted}`)?.body ?? null;
  }

  /** Keeps the text of a comment that was posted just now, so that the next reader need not open it. */
  keepNew({ fact: { personal }, position }: NewlyPosted): CommentText {
    const { body } = personal;
    const text = rendered({ body, bodyHtml: renderComment(body) }, personal);
    this.#texts.set(`${position} ${position}`, text);
    return text;
  }

  #forget(): void {
    this.#texts.clear();
    this.#bodies.clear();
  }

  #known(row: SealedText): CommentText | undefined {
    return this.#texts.get(keyOf(row));
  }

  #opened(row: SealedTexts): Promise<CommentText | NoText> {
    const key = keyOf(row);
    const running = this.#underWay.get(key);
    if (running !== undefined) return running;
    const opening = this.#open(row).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, opening);
    return opening;
  }

  async #open(row: SealedTexts): Promise<CommentText | NoText> {
    const { times } = this.#erasing;
    const personal = await this.#openPersonal(row);
    if (isUnreadable(personal)) return 'unreadable';
    if (personal === null || isErased(personal)) return 'erased';
    const byline = this.#sealed(row.byline, row);
    const first = byline
      ? await this.#vault.open(byline, { stream: streamOf(row), type: 'CommentPosted.v1' })
      : personal;
    const body = openedTextIn(personal, 'body') ?? '';
    const bodyHtml = await commentHtml(body, this.#slices);
    const text = rendered({ body, bodyHtml }, isErased(first) ? null : first);
    if (times === this.#erasing.times) this.#texts.set(keyOf(row), text);
    return text;
  }

  async #openBody(row: SealedText, key: string): Promise<string | null> {
    const { times } = this.#erasing;
    const personal = await this.#openPersonal(row);
    const body = personal === null || isErased(personal) ? null : openedTextIn(personal, 'body');
    if (body !== null && times === this.#erasing.times) this.#bodies.set(key, { body });
    return body;
  }

  async #openPersonal(row: SealedText): Promise<object | null> {
    const type = row.edited_at === null ? 'CommentPosted.v1' : 'CommentEdited.v1';
    const sealed = this.#sealed(row.sealed, row);
    return sealed && (await this.#vault.open(sealed, { stream: streamOf(row), type }));
  }

  /** As a view would keep it. */
  #sealed(text: KeptSeal, { posted }: SealedText): Uint8Array | null {
    if (typeof text !== 'number') return text;
    const sealed = this.#log.sealedAt?.(placeOfText(text, posted)) ?? null;
    return sealed && withoutCommitment(sealed);
  }
}

function streamOf({ id }: SealedText): string {
  return `comment-${idText(id)}`;
}

function rendered(html: Pick<CommentText, 'body' | 'bodyHtml'>, written: object | null): CommentText {
  const author = written && namedAuthor(written);
  const contact = written && contactOf(written);
  return new RenderedText({ ...html, author, contact });
}

/** Its language is told when somebody asks, once: of most texts the log says it. */
class RenderedText implements CommentText {
  readonly body: string;
  readonly bodyHtml: string;
  readonly author: NamedAuthor | null;
  readonly contact: NamedAuthor | null;
  #language: TextLanguage | null | undefined;

  constructor({ body, bodyHtml, author, contact }: Omit<CommentText, 'language'>) {
    this.body = body;
    this.bodyHtml = bodyHtml;
    this.author = author;
    this.contact = contact;
  }

  get language(): TextLanguage | null {
    if (this.#language === undefined) this.#language = toldByLetters(this.body);
    return this.#language;
  }
}

function keyOf(row: SealedText): string {
  return `${row.posted} ${row.position}`;
}

/** The author of a comment whom its first text names; null for a member's. */
export function namedAuthor(personal: object): NamedAuthor | null {
  const author = objectIn(personal, 'author');
  const displayName = author && openedTextIn(author, 'displayName');
  if (displayName === null) return null;
  if (isGuest(author)) return { id: null, displayName, guest: true };
  const url = author && openedTextIn(author, 'url');
  return { id: null, displayName, imported: true, ...(isWebAddress(url) && { url }) };
}

function isGuest(author: object | null): boolean {
  return author !== null && Reflect.get(author, 'guest') === true;
}

/** The same as `namedAuthor`, with the address that the import knew. */
function contactOf(personal: object): NamedAuthor | null {
  const named = namedAuthor(personal);
  const author = objectIn(personal, 'author');
  const email = author && openedTextIn(author, 'email');
  return named && 'imported' in named && email ? { ...named, email } : named;
}

function isWebAddress(url: string | null): url is string {
  return url !== null && /^https?:\/\//.test(url);
}
