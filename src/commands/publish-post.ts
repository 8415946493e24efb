import { createHash } from 'node:crypto';
import { type CommandMeta, DomainError, deriveId } from '../../libs/kernel/index.ts';
import type { Commands, Recorded } from '../../libs/nest-decider/index.ts';
import type { PostKind } from '../../libs/words/index.ts';
import { EditPost, PublishPost } from '../domain/post/post.commands.ts';
import { postDecider } from '../domain/post/post.decider.ts';
import type { ImportSource } from '../domain/post/post.events.ts';
import { givenSlug, numberedSlug, slugOf } from '../domain/post/slug.ts';
import { pageName, slugName } from '../domain/reservation/names.ts';
import type { ForumFacts } from './forum-facts.ts';
import { postInUnicode } from './in-unicode.ts';
import { NameClaims } from './name-claims.ts';

/** The most posts of one title (`title-2`, `title-3` and so on); the next one is refused. */
const MOST_NUMBERED = 1_000;

export interface Publication {
  /** A UUID that the client chose; one is made from the command's id unless given. */
  readonly postId?: string;
  readonly title: string;
  /** The address to try first (of the source, on import); made from the title unless given. */
  readonly slug?: string;
  readonly body: string;
  readonly excerpt?: string | null;
  readonly tags?: readonly string[];
  readonly kind?: PostKind;
  readonly locale: string;
  /** RFC 3339; the moment of the command unless given. */
  readonly publishAt?: string;
  readonly authorId: string | null;
  readonly byline?: string | null;
  readonly source?: ImportSource | null;
  /** The address of a page of another site; its post has the id that `pageId` gives. */
  readonly url?: string;
}

export interface Published {
  readonly postId: string;
  readonly slug: string;
  /** The position of the post's publication. */
  readonly position: bigint;
  /** True when the same post was there already. */
  readonly repeated: boolean;
}

/** Publishes posts under addresses that no other post has: `peace`, else `peace-2`, `peace-3`. */
export class PostPublishing {
  readonly #commands: Commands;
  readonly #facts: ForumFacts;

  constructor(commands: Commands, facts: ForumFacts) {
    this.#commands = commands;
    this.#facts = facts;
  }

  /** The same id with the same content is answered as the first time. Throws DomainError: invalid, id_taken, storage_unavailable. */
  async publish(written: Publication, meta: CommandMeta): Promise<Published> {
    const wish = postInUnicode(written);
    const postId = wish.postId ?? deriveId(meta.commandId, 'post');
    const there = await this.#facts.post(postId);
    const post = wholePost(wish, postId, there?.publishAt ?? meta.now);
    const base = wish.slug === undefined ? slugOf(wish.title) : givenSlug(wish.slug);
    postDecider.decide(new PublishPost({ ...post, slug: base }, meta), postDecider.initial(), undefined);

    const claims = new NameClaims(this.#commands, postId, meta);
    return claims.releasedOnRefusal(async () => {
      if (wish.url !== undefined) await claims.claim(pageName(createHash('sha256').update(wish.url).digest('hex')));
      const slug = there?.firstSlug ?? (await claimSlug(base, claims));
      const commandId = deriveId(meta.commandId, 'publish');
      const publishing = new PublishPost({ ...post, slug }, { ...meta, commandId });
      const { position, repeated } = await this.#commands.execute(publishing);
      return { postId, slug: there?.slug ?? slug, position, repeated };
    });
  }

  /**
   * Changes a post. Another address is reserved for it first, and its former ones stay its own. Throws DomainError:
   * slug_taken for an address that another post has or had; and as the rules.
   */
  async edit(written: EditPost['data'], meta: CommandMeta): Promise<Recorded> {
    const { slug: given, ...change } = postInUnicode(written);
    const there = await this.#facts.post(change.postId);
    const slug = given === undefined ? undefined : givenSlug(given);
    if (slug === undefined || there === null || there.slug === slug)
      return this.#commands.execute(new EditPost(change, meta));
    const claims = new NameClaims(this.#commands, change.postId, meta);
    return claims.releasedOnRefusal(async () => {
      await claims.claim(slugName(slug));
      return this.#commands.execute(new EditPost({ ...change, slug }, meta));
    });
  }
}

function wholePost(wish: Publication, postId: string, moment: string): Omit<PublishPost['data'], 'slug'> {
  const { title, body, excerpt = null, tags = [], kind = 'article', locale } = wish;
  const { publishAt = moment, authorId, byline = null, source = null, url } = wish;
  const post = { postId, title, body, excerpt, tags, kind, locale, publishAt, authorId, byline, source };
  return url === undefined ? post : { ...post, url };
}

async function claimSlug(base: string, claims: NameClaims): Promise<string> {
  for (let n = 1; n <= MOST_NUMBERED; n += 1) {
    const slug = numberedSlug(base, n);
    try {
      await claims.claim(slugName(slug));
      return slug;
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'slug_taken')) throw error;
    }
  }
  throw new DomainError('slug_taken', `${MOST_NUMBERED} posts have this title; choose another.`);
}
