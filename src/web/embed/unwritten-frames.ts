import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Post } from '../../../libs/client/index.ts';
import { SITE, type SiteInMemory } from '../../views/site/site.query-types.ts';
import type { FrameAddress } from '../shell/frame-address.ts';

/** Languages, themes, backgrounds and orders of one minute. */
const MOST_FRAMES = 64;

/** A character that no text has, as it stands in a text, in a query, and in a query within a query. */
const MARKS: readonly string[] = ['\uE000', '%EE%80%80', '%25EE%2580%2580'];
const PLACES = /(\uE000|%EE%80%80|%25EE%2580%2580)([0-4])\1/gu;
const place = (n: number): string => `${MARKS[0]}${n}${MARKS[0]}`;

/** What one page without comments has that another one has not. */
type OfPage = Pick<Post, 'id' | 'slug' | 'title'>;
export type Rendering = (address: FrameAddress, post: Post) => Promise<string>;

/**
 * Frames of pages without comments, for readers without an account: rendered once, and filled in for each page. So an
 * address that somebody invents costs no rendering.
 */
@Injectable()
export class UnwrittenFrames implements OnModuleDestroy {
  readonly #kept = new LRUCache<string, string>({ max: MOST_FRAMES });
  readonly #site: Pick<SiteInMemory, 'now' | 'onChanged'>;
  readonly #stop: () => void;
  #made = 0;

  constructor(@Inject(SITE) site: Pick<SiteInMemory, 'now' | 'onChanged'>) {
    this.#site = site;
    this.#stop = site.onChanged(() => this.#kept.clear());
  }

  /** The number of frames that were rendered since the start. */
  get made(): number {
    return this.#made;
  }

  /** The frame of this page; `key` is everything else that it depends on. Rejects like `render`. */
  async html(
    key: string,
    { address, post }: { address: FrameAddress; post: Post },
    render: Rendering,
  ): Promise<string> {
    const whole = `${key} ${address.theme} ${address.isTransparent} ${address.title === ''}`;
    const kept = this.#kept.get(whole) ?? (await this.#make(whole, { address, post }, render));
    return filled(kept, address, post);
  }

  async #make(
    key: string,
    { address, post }: { address: FrameAddress; post: Post },
    render: Rendering,
  ): Promise<string> {
    const site = this.#site.now();
    this.#made += 1;
    const marked = { ...address, url: place(0), title: address.title === '' ? '' : place(1) };
    const html = await render(marked, { ...post, url: place(0), title: place(2), slug: place(3) });
    const made = html.replaceAll(post.id, place(4));
    if (this.#site.now() === site) this.#kept.set(key, made);
    return made;
  }

  onModuleDestroy(): void {
    this.#stop();
  }
}

function filled(html: string, { url, title }: FrameAddress, post: OfPage): string {
  const values = [url, title, post.title, post.slug, post.id].map(spellings);
  return html.replace(PLACES, (_, mark: string, n: string) => {
    const depth = MARKS.indexOf(mark);
    return values[Number(n)]?.[depth] ?? '';
  });
}

/** As a text of HTML, in a query, and in a query within a query; what a query holds needs no escape in HTML. */
function spellings(value: string): readonly string[] {
  const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const inQuery = new URLSearchParams({ v: value }).toString().slice(2);
  return [text, inQuery, encodeURIComponent(inQuery)];
}
