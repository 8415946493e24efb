import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NewEvent, openSqliteEventStore, type SqliteEventStore } from '../../libs/event-store/index.ts';
import { deriveId, type Json } from '../../libs/kernel/index.ts';
import type { Views } from '../../libs/projections/index.ts';
import { type DataKey, type ErasingVault, openSqliteVault, type SealedIn } from '../../libs/vault/index.ts';
import type { Role } from '../../libs/words/index.ts';
import type { ForumEvent } from '../../src/domain/event-types.ts';
import { MemberDirectory } from '../../src/views/members/door/member-directory.ts';
import { openForumViews } from '../../src/views/open-forum-views.ts';
import { UnwrittenPageMemory } from '../../src/views/post-list/door/unwritten-page-memory.ts';
import { CommentPresenter } from '../../src/views/thread/door/comment-presenter.ts';
import { CommentTexts } from '../../src/views/thread/door/comment-texts.ts';
import { EncodedThreads } from '../../src/views/thread/encoded-threads.ts';
import { threadChanges } from '../../src/views/thread/thread.changes.ts';
import { commentLocated, commentShown } from '../../src/views/thread/thread.queries.ts';
import type { GetComment, GetThreadChanges, LocateComment } from '../../src/views/thread/thread.query-types.ts';
import { ThreadPages } from '../../src/views/thread/thread-pages.ts';
import { SameWords } from '../../src/views/translations/door/same-words-history.ts';
import { TranslationLines } from '../../src/views/translations/door/translation-lines.ts';

/** A member whom nobody had to approve, and who came without an invitation. */
const LET_IN = { membership: 'active', invitationId: null } as const;

export const AT = '2015-10-01T00:00:00.000Z';

/** The id of the n-th thing of a kind. */
export function idOf(kind: string, n: number | string = 1): string {
  return deriveId(kind, n);
}

/** A log, a vault and the views over it in a directory of their own, and short ways to record what has happened. */
export class SmallForum {
  readonly dir = mkdtempSync(join(tmpdir(), 'colloquy-views-'));
  readonly problems: string[] = [];
  #store: SqliteEventStore | undefined;
  #vault: ErasingVault | undefined;
  #views: Views | undefined;
  #queries: ReturnType<typeof queriesOver> | undefined;
  readonly #revisions = new Map<string, bigint>();
  readonly #keys = new Map<string, DataKey>();
  #commands = 0;

  static async open(): Promise<SmallForum> {
    const forum = new SmallForum();
    forum.#store = await openSqliteEventStore({ file: join(forum.dir, 'log.db') });
    forum.#vault = await openSqliteVault({ file: join(forum.dir, 'vault.db') });
    await forum.openViews();
    return forum;
  }

  get store(): SqliteEventStore {
    return open(this.#store);
  }
  get vault(): ErasingVault {
    return open(this.#vault);
  }
  get views(): Views {
    return open(this.#views);
  }
  get queries(): ReturnType<typeof queriesOver> {
    return open(this.#queries);
  }

  async openViews(): Promise<void> {
    this.#views = await openForumViews({
      dir: join(this.dir, 'views'),
      log: { file: join(this.dir, 'log.db'), signal: this.store.commitSignal, vaultFile: join(this.dir, 'vault.db') },
      onProblem: (reason) => this.problems.push(reason),
    });
    await this.#views.ready();
    this.#queries = queriesOver(this.#views, this.vault, this.store);
  }

  async close(): Promise<void> {
    await this.#views?.close();
    await this.#store?.close();
    await this.#vault?.close();
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** Records what one command says has happened in one stream, and answers when the views have it. */
  async record(stream: string, facts: readonly ForumEvent[], at = AT): Promise<bigint> {
    const { position } = await this.append(stream, facts, at);
    await this.views.reached(position);
    return position;
  }

  /** `cause` groups facts that are appended apart as those of one command. */
  async append(
    stream: string,
    facts: readonly ForumEvent[],
    at = AT,
    cause: string | null = null,
  ): Promise<{ position: bigint }> {
    const command = deriveId('command', (this.#commands += 1));
    const events: NewEvent[] = [];
    for (const [index, fact] of facts.entries()) {
      const id = deriveId(command, index);
      events.push({
        id,
        type: fact.type,
        data: jsonOf(fact.data),
        sealed: fact.personal === null ? null : await this.#seal({ stream, type: fact.type, id }, fact.personal),
        occurredAt: at,
        actor: 'system',
        correlationId: cause ?? command,
        causationId: null,
      });
    }
    const newest = this.#revisions.get(stream);
    const appended = await this.store.append(stream, events, newest ?? 'no-stream');
    this.#revisions.set(stream, appended.revision);
    return appended;
  }

  /** The key that seals a stream's personal parts. */
  keyOf(stream: string): DataKey {
    return open(this.#keys.get(stream));
  }

  member(n: number, roles: readonly Role[] = ['member']): Promise<bigint> {
    const memberId = idOf('member', n);
    const data = { memberId, handle: `member${n}`, locale: 'en', roles, emailReserved: true };
    const personal = { displayName: `Member ${n}`, email: `m${n}@example.org`, passwordHash: '-' };
    return this.record(`member-${memberId}`, [{ type: 'MemberRegistered.v2', data: { ...data, ...LET_IN }, personal }]);
  }

  post(
    n = 1,
    content: {
      readonly publishAt?: string;
      readonly title?: string;
      readonly body?: string;
      readonly excerpt?: string;
    } = {},
  ): Promise<bigint> {
    return this.record(`post-${idOf('post', n)}`, [postPublished(n, content)]);
  }

  comment(n: number, parts: CommentParts = {}): Promise<bigint> {
    const facts: ForumEvent[] = [commentPosted(n, parts)];
    if (parts.held) facts.push(commentHeld(n, parts.post));
    return this.record(`comment-${idOf('comment', n)}`, facts, parts.at);
  }

  async #seal(at: Required<SealedIn>, personal: object): Promise<Uint8Array> {
    const key = this.#keys.get(at.stream) ?? (await this.vault.takeKey());
    this.#keys.set(at.stream, key);
    return this.vault.seal(key, personal, at);
  }
}

export interface CommentParts {
  readonly post?: number;
  readonly parent?: number | null;
  readonly depth?: number;
  readonly author?: number;
  readonly body?: string;
  readonly at?: string;
  readonly held?: boolean;
}

export function postPublished(
  n: number,
  {
    publishAt = AT,
    title = `Post ${n}`,
    body = `Body of post ${n}`,
    excerpt,
  }: { publishAt?: string; title?: string; body?: string; excerpt?: string } = {},
): ForumEvent {
  const content = { title, slug: `post-${n}`, body, excerpt: excerpt ?? null, tags: ['news'], locale: 'en' };
  const origin = { kind: 'article', publishAt, authorId: idOf('member', 1), byline: null, source: null } as const;
  return { type: 'PostPublished.v1', data: { postId: idOf('post', n), ...content, ...origin }, personal: null };
}

export function commentPosted(n: number, parts: CommentParts = {}): ForumEvent {
  const { post = 1, parent = null, depth = parent === null ? 0 : 1, author = 1, body = `Comment ${n}` } = parts;
  const data = {
    commentId: idOf('comment', n),
    postId: idOf('post', post),
    parentId: parent === null ? null : idOf('comment', parent),
    rootId: idOf('comment', parent ?? n),
    depth,
    authorId: idOf('member', author),
    source: null,
  };
  return { type: 'CommentPosted.v1', data, personal: { body, author: null } };
}

export function commentHeld(n: number, post = 1): ForumEvent {
  const data = { commentId: idOf('comment', n), postId: idOf('post', post), reasons: ['test'], keepsPlace: false };
  return { type: 'CommentHeld.v2', data, personal: null };
}

export function commentEdited(n: number, body: string, post = 1, language?: string): ForumEvent {
  const data = { commentId: idOf('comment', n), postId: idOf('post', post), ...(language && { language }) };
  return { type: 'CommentEdited.v1', data, personal: { body } };
}

export function commentRemoved(n: number, post = 1): ForumEvent {
  const data = { commentId: idOf('comment', n), postId: idOf('post', post), by: 'author', reason: null } as const;
  return { type: 'CommentRemoved.v1', data, personal: null };
}

export function commentRestored(n: number, post = 1): ForumEvent {
  return {
    type: 'CommentRestored.v1',
    data: { commentId: idOf('comment', n), postId: idOf('post', post) },
    personal: null,
  };
}

function queriesOver(views: Views, vault: ErasingVault, store: SqliteEventStore) {
  const members = new MemberDirectory(views, vault);
  const lines = new TranslationLines(views, members, new SameWords(store, vault));
  const presenter = new CommentPresenter(new CommentTexts(vault, views, store), members, lines);
  const pages = new ThreadPages(views, presenter, new UnwrittenPageMemory());
  return {
    members,
    pages,
    encoded: new EncodedThreads(views, pages),
    comment: (query: GetComment) => commentShown(query, { views, presenter }),
    locate: (query: LocateComment) => commentLocated(query, { views }),
    changes: (query: GetThreadChanges) => threadChanges(query, { views, presenter }),
  };
}

function jsonOf(data: object): Json {
  return JSON.parse(JSON.stringify(data));
}

function open<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error('the forum is not open');
  return part;
}
