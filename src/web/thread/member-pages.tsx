import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type Deflated, deflatedOf, gzipOfPieces, SharedBytes } from '../../../libs/compression/index.ts';
import { growingTo } from '../../../libs/kernel/index.ts';
import type { Frame } from '../shell/frame.ts';
import { renderInParts } from '../shell/shared-html.ts';
import {
  areWrittenAlike,
  drawnPieces,
  type OwnPlace,
  type OwnTexts,
  STAND_IN,
  standsIn,
  writtenAt,
} from '../shell/stand-in.ts';
import { inForum } from './news.ts';
import { PostPage, type PostPageProps } from './thread-page.tsx';

/** The bytes of all kept pages together, compressed. */
const MOST_BYTES = 8 * 1024 * 1024;
const PIECE_BYTES = 100;
/** Pages that were made for one member, which is what most of them are for. */
const MOST_SEEN = 5_000;
/** Milliseconds; a page's times are of its minute. */
const KEPT_FOR = 60_000;

type KeptPage = readonly (Deflated | OwnPlace)[];

/**
 * Pages of posts for members, made once for all whom they show the same but for what is theirs alone: id, name, and the like, which are put in
 * for each. A page is known by all that it is made of, so none is ever another's; what changes makes another page.
 */
@Injectable()
export class MemberPages {
  readonly #kept = new LRUCache<string, KeptPage>({
    maxSize: MOST_BYTES,
    sizeCalculation: (page) =>
      page.reduce((sum, piece) => sum + PIECE_BYTES + (typeof piece === 'string' ? 0 : piece.deflated.length), 0),
    ttl: KEPT_FOR,
    ttlAutopurge: true,
  });
  /** Whether another one is worth keeping. */
  readonly #seen = new LRUCache<string, boolean>({ ...growingTo(MOST_SEEN), ttl: KEPT_FOR });
  readonly #underWay = new Map<string, Promise<KeptPage | null>>();
  #put = 0;

  /** The bytes of what is kept, and how many pages were put together of it. */
  get state(): { readonly bytes: number; readonly put: number } {
    return { bytes: this.#kept.calculatedSize, put: this.#put };
  }

  /** The page in gzip; null for one that has to be made for its member alone, and for the first of its kind. */
  async gzipped(page: PostPageProps): Promise<Buffer | null> {
    const own = ownTextsOf(page);
    const key = own && keyOf(page, own);
    if (own === null || key === null) return null;
    const kept = this.#kept.get(key) ?? (await this.#again(key, page));
    if (kept === null) return null;
    this.#put += 1;
    return gzipOfPieces(kept.map((piece) => (typeof piece === 'string' ? Buffer.from(writtenAt(piece, own)) : piece)));
  }

  /** Forgets all of them. */
  clear(): void {
    this.#kept.clear();
    this.#seen.clear();
    this.#underWay.clear();
    this.#put = 0;
  }

  /** Null for the first of its kind, and for one that cannot be put together. */
  #again(key: string, page: PostPageProps): Promise<KeptPage | null> | null {
    const running = this.#underWay.get(key);
    if (running !== undefined) return running;
    const isWorthKeeping = this.#seen.get(key) === true;
    if (!this.#seen.has(key)) this.#seen.set(key, true);
    if (!isWorthKeeping) return null;
    const making = madeOf(page);
    const end = (made: KeptPage | null): void => {
      // All may have been forgotten meanwhile.
      if (this.#underWay.get(key) !== making) return;
      this.#underWay.delete(key);
      if (made === null) this.#seen.set(key, false);
      else this.#kept.set(key, made);
    };
    this.#underWay.set(key, making);
    making.then(end, () => end(null));
    return making;
  }
}

/** Null where a text would be written otherwise in an address than in a text. */
function ownTextsOf({ frame: { member }, thread: { newId }, position }: PostPageProps): OwnTexts | null {
  if (member === null) return null;
  const { id, handle, displayName } = member;
  const texts = { id, handle, displayName, newId, position };
  return areWrittenAlike(texts) ? texts : null;
}

/** The page for whom it is not: the stand-in. Null where what is own stands where it cannot be put in. */
async function madeOf(page: PostPageProps): Promise<KeptPage | null> {
  const { before, shared, after } = renderInParts(<PostPage {...forStandIn(page)} />);
  const parts = [drawnPieces(`<!doctype html>${before}`), drawnPieces(after)];
  if (parts.includes(null) || (shared !== null && standsIn(shared.bytes))) return null;
  const [first, last] = await Promise.all(parts.map((pieces) => Promise.all((pieces ?? []).map(deflatedPiece))));
  return [...(first ?? []), ...(shared === null ? [] : [await deflatedOf(shared)]), ...(last ?? [])];
}

function deflatedPiece(piece: { readonly html: string } | { readonly own: OwnPlace }): Promise<Deflated> | OwnPlace {
  return 'own' in piece ? piece.own : deflatedOf(new SharedBytes(Buffer.from(piece.html)));
}

function forStandIn(page: PostPageProps): PostPageProps {
  const { id, handle, displayName, newId, position } = STAND_IN;
  const frame: Frame = {
    ...page.frame,
    member: page.frame.member && { ...page.frame.member, id, handle, displayName },
  };
  const { viewer } = page.context.page;
  const info = { ...page.context.page, viewer: viewer && { ...viewer, memberId: id, handle, displayName } };
  const { machine, days } = page.head;
  return {
    ...page,
    frame,
    head: { ...page.head, machine: { ...machine, frame }, days: days && { ...days, frame } },
    thread: { ...page.thread, newId },
    context: { ...page.context, page: info },
    position,
  };
}

/**
 * A digest of all that a page is made of, but for what is its member's own. Null where that is more than the own texts: what the member wrote,
 * a text that is given back, what is new since its visit.
 */
function keyOf(page: PostPageProps, { id }: OwnTexts): string | null {
  const { frame, post, head, thread, context, messages, translations } = page;
  const isMore =
    frame.demo || context.refused !== null || context.translated !== undefined || translations.shown !== null;
  if (isMore || head.changes !== null || head.linkTo !== inForum || isFirstSeen(thread.comments)) return null;
  if (idsIn(thread.comments).has(id) || idsIn(post).has(id)) return null;
  const drawn = forStandIn(page);
  const { machine, days } = drawn.head;
  // Objects that many pages share and that never change go by their numbers, what cannot be written as JSON otherwise; functions are those of the language.
  const all = JSON.stringify({
    ...drawn,
    frame: { ...drawn.frame, site: numberOf(frame.site), timeWords: numberOf(frame.timeWords) },
    post: numberOf(post),
    head: {
      ...drawn.head,
      machine: { ...machine, frame: null, activity: numberOf(machine.activity.moments) },
      days: days && { ...days, frame: null },
    },
    thread: { ...thread, newId: '', comments: numberOf(thread.comments), state: withLists(thread.state) },
    context: { ...drawn.context, translator: null, presence: null },
    messages: numberOf(messages),
  });
  return all.includes(id) ? null : hash('sha256', all, 'base64');
}

function withLists(state: PostPageProps['thread']['state']): object {
  return Object.fromEntries(
    Object.entries(state).map(([name, value]) => [name, value instanceof Set ? [...value] : value]),
  );
}

const numbers = new WeakMap<object, number>();
let numbered = 0;

/** The same for the same object alone. */
function numberOf(object: object): number {
  const known = numbers.get(object);
  if (known !== undefined) return known;
  numbered += 1;
  numbers.set(object, numbered);
  return numbered;
}

/** Whether it has no number yet, which it has then: comments of one reader alone, as of a moderator, are others each time. */
function isFirstSeen(object: object): boolean {
  const isFirst = !numbers.has(object);
  numberOf(object);
  return isFirst;
}

const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;
const ids = new WeakMap<object, ReadonlySet<string>>();

/** Every id in an object that never changes. */
function idsIn(object: object): ReadonlySet<string> {
  const known = ids.get(object) ?? new Set(JSON.stringify(object).match(UUID));
  ids.set(object, known);
  return known;
}
