import type { ScratchMap } from '../../../libs/scratch/index.ts';
import { givenSlug, numberedSlug } from '../../domain/post/slug.ts';

/** A post that comes, and its name in the source. */
export interface NamedPost {
  readonly postId: string;
  readonly name: string;
}

/** The addresses that posts get here, in the order of the posts. */
export type SlugsOf = (posts: readonly NamedPost[]) => Promise<readonly string[]>;

/** The slugs that the forum has already. */
export interface SlugsHere {
  /** Of a post that is there; undefined for a new one. */
  ofPost(postId: string): Promise<string | undefined>;
  isTaken(slug: string, postId: string): Promise<boolean>;
}

/** So many posts of one name are told apart before they come; the publishing itself goes on where this ends. */
const MOST_NUMBERED = 1_000;

/** The addresses that posts will get, told before they come, so that links can name them. */
export class NewSlugs {
  readonly #here: SlugsHere;
  readonly #given: ScratchMap;

  constructor(here: SlugsHere, given: ScratchMap) {
    this.#here = here;
    this.#given = given;
  }

  readonly of: SlugsOf = async (posts) => {
    const slugs: string[] = [];
    for (const post of posts) slugs.push(await this.#of(post));
    return slugs;
  };

  async #of({ postId, name }: NamedPost): Promise<string> {
    const there = await this.#here.ofPost(postId);
    if (there !== undefined) return there;
    const base = givenSlug(name);
    for (let n = 1; n <= MOST_NUMBERED; n += 1) {
      const slug = numberedSlug(base, n);
      const holder = this.#given.get(slug);
      if (holder === postId) return slug;
      if (holder !== undefined || (await this.#here.isTaken(slug, postId))) continue;
      this.#given.set(slug, postId);
      return slug;
    }
    return base;
  }
}
