import type { QueryBus } from '@nestjs/cqrs';
import type { Page, StoredImage } from '../../libs/client/index.ts';
import { DomainError, deriveId, imageReference, type Position } from '../../libs/kernel/index.ts';
import { isEditor, MOST_KEPT_IMAGES, TEXT_LIMITS } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { StreamErasing } from '../commands/erase-streams.ts';
import type { ImageStoring, RecordedImage } from '../commands/store-image.ts';
import type { TakingPart } from '../commands/taking-part.ts';
import { textOf } from '../domain/text.ts';
import { type BroughtImage, CountOwnImages, GetOwnImages, IsOwnImage } from '../views/images/images.query-types.ts';
import { FindPostsWithImages } from '../views/post-list/post-list.query-types.ts';
import { GetPublicComments, type PublicComments } from '../views/thread/thread.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';

export interface BringingImagesParts {
  readonly images: Pick<ImageStoring, 'storeSent' | 'known'>;
  readonly writes: Pick<ForumWrites, 'shown'>;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly streams: Pick<StreamErasing, 'erase'>;
  readonly takingPart: Pick<TakingPart, 'require'>;
  /** Whether the site takes images in comments now. */
  readonly areInComments: () => boolean;
}

export interface SentImage {
  readonly bytes: Uint8Array;
  /** What it shows, in words; empty for none. */
  readonly alt: string;
}

/** The newest comments of a member among which its images are looked for. */
export const MOST_LOOKED_AT = 500;
const AT_ONCE = 100;

/** An image of a member, and one text that everybody can read and that shows it; null where none was found. */
export interface ListedImage extends BroughtImage {
  readonly shownIn: { readonly slug: string; readonly title: string } | { readonly commentId: string } | null;
}

/** The images that members bring for what they write. Everything throws DomainError. */
export class BringingImages {
  readonly #parts: BringingImagesParts;

  constructor(parts: BringingImagesParts) {
    this.#parts = parts;
  }

  /**
   * Asked before the bytes are received. Throws DomainError forbidden where the site takes no images in comments, conflict
   * where the member has too many, and the reasons for which somebody may not take part.
   */
  async require({ memberId, roles }: Principal): Promise<void> {
    const { limits, takingPart, queries, areInComments } = this.#parts;
    const forPosts = isEditor(roles);
    if (!forPosts && !areInComments()) {
      throw new DomainError('forbidden', 'Comments have no images here; editors alone bring some, for posts.');
    }
    await limits.take(forPosts ? 'image-editor' : 'image', memberId);
    await takingPart.require(memberId);
    const most = forPosts ? MOST_KEPT_IMAGES.editor : MOST_KEPT_IMAGES.member;
    if ((await queries.execute(new CountOwnImages(memberId))) < most) return;
    throw new DomainError('conflict', `There are ${most} images of yours, as many as are kept; delete one first.`);
  }

  /**
   * The same `Idempotency-Key` again is answered the same. Throws DomainError invalid, unsupported_media_type, too_large,
   * and the reasons for which somebody may not take part, also those that came while the image was made.
   */
  async bring(
    { bytes, alt }: SentImage,
    by: Principal,
    asking: Asking,
  ): Promise<{ readonly image: StoredImage; readonly position: Position }> {
    const words = textOf(alt, 'alt', TEXT_LIMITS.imageAlt);
    const imageId = deriveId(asking.commandId, 'image');
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    const known = await this.#parts.images.known(imageId);
    if (known !== null) return { image: answerOf(known), position: 0n };
    const image = { imageId, ownerId: by.memberId, address: null, alt: words === '' ? null : words, bytes };
    const { shape, position } = await this.#parts.images.storeSent(image, meta, () =>
      this.#parts.takingPart.require(by.memberId),
    );
    await this.#parts.writes.shown(position);
    return { image: answerOf(shape), position };
  }

  /** The member's own images, the newest first. Throws DomainError invalid (cursor). */
  async list(
    { memberId, roles }: Pick<Principal, 'memberId' | 'roles'>,
    page: { readonly limit: number; readonly cursor: string | null },
  ): Promise<Page<ListedImage>> {
    const { queries } = this.#parts;
    const { items, next } = await queries.execute(new GetOwnImages(memberId, page));
    const ids = items.map(({ id }) => id);
    const inPosts = isEditor(roles) ? await queries.execute(new FindPostsWithImages(ids)) : new Map();
    const rest = ids.filter((id) => !inPosts.has(id));
    const inComments = await this.#inComments(rest, memberId);
    const placeOf = (id: string): ListedImage['shownIn'] => {
      const commentId = inComments.get(id);
      return inPosts.get(id) ?? (commentId === undefined ? null : { commentId });
    };
    return { items: items.map((item) => ({ ...item, shownIn: placeOf(item.id) })), next };
  }

  /** The newest comment that shows each of them. */
  async #inComments(imageIds: readonly string[], memberId: string): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    let cursor: string | null = null;
    for (let looked = 0; looked < MOST_LOOKED_AT && found.size < imageIds.length; looked += AT_ONCE) {
      const page: PublicComments = await this.#parts.queries.execute(new GetPublicComments(memberId, AT_ONCE, cursor));
      for (const { id: commentId, body } of page.items)
        for (const id of imageIds) if (!found.has(id) && body?.includes(`/images/${id}-`)) found.set(id, commentId);
      cursor = page.next;
      if (cursor === null) break;
    }
    return found;
  }

  /** The owner's own image is gone for good, wherever a text shows it. Throws DomainError not_found. */
  async remove(imageId: string, by: Principal, asking: Asking): Promise<void> {
    const { limits, queries, streams } = this.#parts;
    await limits.take('attention', by.memberId);
    if (!(await queries.execute(new IsOwnImage(imageId, by.memberId)))) {
      throw new DomainError('not_found', 'There is no such image of yours.');
    }
    await streams.erase([`image-${imageId}`], commandMeta(by, asking.commandId, asking.correlationId));
  }
}

function answerOf(shape: RecordedImage['shape']): StoredImage {
  const { imageId: id, width, height, animated } = shape;
  return { id, width, height, animated, address: imageReference(shape) };
}
