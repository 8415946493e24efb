import { createHash } from 'node:crypto';
import { type CommandMeta, deriveId } from '../../../libs/kernel/index.ts';
import { ChangeDiscussion } from '../../domain/discussion/discussion.commands.ts';
import { EditPost, KeepPostAddresses } from '../../domain/post/post.commands.ts';
import type { ImportSource } from '../../domain/post/post.events.ts';
import type { ReadItem } from '../reading/reading.ts';
import type { ImportedPost } from '../source/imported-post.ts';
import type { ImportRun, ImportTarget } from './import-run.ts';
import { actorOf, type KnownPost, knownDiscussion, postChangesIn } from './known-posts.ts';
import { addWarning, type ImportReport } from './report.ts';

/** Records the posts of items, and what belongs to them besides their comments. */
export class PostRecording {
  readonly #target: ImportTarget;
  readonly #report: ImportReport;
  readonly #run: ImportRun;

  constructor(target: ImportTarget, report: ImportReport, run: ImportRun) {
    this.#target = target;
    this.#report = report;
    this.#run = run;
  }

  /** Publishes a new post; one that is here already gets what has changed where the export tells the post itself. Throws DomainError. */
  async bring(item: ReadItem, known: KnownPost | undefined): Promise<void> {
    if (known === undefined) await this.#publish(item.post);
    else if (isOfThisForum(item.post)) await this.#update(item, known);
    else this.#report.posts.unchanged += 1;
  }

  /** Its old addresses lead to it, and its discussion is as open as it was. */
  async settle(post: ImportedPost): Promise<void> {
    if (isOfThisForum(post)) await this.#keepAddresses(post);
    await this.#settleDiscussion(post);
  }

  async #publish(post: ImportedPost): Promise<void> {
    const { postId, source, title, slug, body, excerpt, tags, locale, publishAt, byline, url } = post;
    const content = { postId, source, title, slug, body, excerpt, tags, locale, byline, authorId: null };
    const page = url === undefined ? {} : { kind: 'page' as const, url };
    const wish = publishAt === null ? { ...content, ...page } : { ...content, ...page, publishAt };
    const { repeated } = await this.#target.publishing.publish(
      wish,
      metaOf(source, ['publish', source.id, ...(url === undefined ? [] : [url])], { ...this.#run, at: publishAt }),
    );
    if (repeated) this.#report.posts.unchanged += 1;
    else this.#report.posts.imported += 1;
  }

  async #update({ post, place, modifiedAt }: ReadItem, known: KnownPost): Promise<void> {
    const changes = postChangesIn(post, known);
    if (Object.keys(changes).length === 0) {
      this.#report.posts.unchanged += 1;
      return;
    }
    if (known.changedHere) {
      this.#report.posts.unchanged += 1;
      addWarning(this.#report, `"${post.title}" was changed in the source and here; left as it is here`, place);
      return;
    }
    const meta = metaOf(post.source, ['edit', post.source.id, String(known.revision)], {
      ...this.#run,
      at: modifiedAt,
    });
    await this.#target.commands.execute(new EditPost({ postId: post.postId, ...changes }, meta));
    this.#report.posts.updated += 1;
  }

  async #keepAddresses(post: ImportedPost): Promise<void> {
    const { postId, addresses, attachments, tagNames, source, publishAt } = post;
    const told = createHash('sha256')
      .update(JSON.stringify([addresses, attachments, tagNames]))
      .digest('hex');
    const meta = metaOf(source, ['addresses', source.id, told], { ...this.#run, at: publishAt });
    await this.#target.commands.execute(new KeepPostAddresses({ postId, addresses, attachments, tagNames }, meta));
  }

  /** A discussion that is closed in the source is closed here, unless a moderator of this forum has set it. */
  async #settleDiscussion(post: ImportedPost): Promise<void> {
    const { settings, setHere, revision } = await knownDiscussion(this.#target.store, post.postId);
    const state = post.closed ? 'closed' : 'open';
    if (setHere || settings.state === state || (state === 'open' && !isOfThisForum(post))) return;
    const { source, publishAt: at } = post;
    const meta = metaOf(source, ['discussion', source.id, String(revision)], { ...this.#run, at });
    await this.#target.commands.execute(new ChangeDiscussion({ postId: post.postId, state }, meta));
  }
}

/** By whom and when something is recorded; nothing has happened in the future: what is scheduled is recorded as of now. */
export function metaOf(
  { kind, site }: ImportSource,
  parts: readonly string[],
  { correlationId, now, at }: Pick<ImportRun, 'correlationId' | 'now'> & { readonly at: string | null },
): CommandMeta {
  const commandId = deriveId(kind, site, ...parts);
  const past = at !== null && at < now ? at : now;
  return { commandId, actor: actorOf(kind), now: past, correlationId, causationId: null };
}

/** True where the export tells the post itself, and not only whose page it is. */
function isOfThisForum({ source }: ImportedPost): boolean {
  return source.kind === 'wordpress';
}
