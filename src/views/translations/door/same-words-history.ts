import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { EVENT_STORE, type EventStore } from '../../../../libs/event-store/index.ts';
import { isErased } from '../../../../libs/kernel/index.ts';
import { VAULT, type Vault } from '../../../../libs/vault/index.ts';
import { newest, openNewest } from '../../newest.ts';
import { openedTextIn } from '../../rows.ts';
import { isOneOf } from '../../stored.ts';

/** Answers that are kept; they tell no words, so that no erasure concerns them. */
const MOST_KNOWN = 10_000;

/** Two texts of what is translated, by their revisions in its stream. */
export interface TwoTexts {
  readonly kind: 'comment' | 'post';
  readonly id: string;
  readonly source: number;
  readonly newest: number;
}

/** What two texts have in common; the title of a comment is empty. */
interface Alike {
  readonly title: boolean;
  readonly all: boolean;
}

interface Words {
  readonly title: string;
  readonly body: string;
}

/** Whether somebody who changed a text has changed it back: the log is asked once for each two texts. */
@Injectable()
export class SameWords {
  readonly #store: Pick<EventStore, 'readStream'>;
  readonly #vault: Pick<Vault, 'open'>;
  readonly #known = new LRUCache<string, Promise<Alike>>({ max: MOST_KNOWN });

  constructor(@Inject(EVENT_STORE) store: Pick<EventStore, 'readStream'>, @Inject(VAULT) vault: Pick<Vault, 'open'>) {
    this.#store = store;
    this.#vault = vault;
  }

  /** A log or a vault that is away tells no: the text is then another by its revision. */
  async of(texts: TwoTexts): Promise<boolean> {
    return (await this.#alike(texts)).all;
  }

  /** The same of the titles alone. */
  async ofTitles(texts: TwoTexts): Promise<boolean> {
    return (await this.#alike(texts)).title;
  }

  #alike(texts: TwoTexts): Promise<Alike> {
    const key = `${texts.id} ${texts.source} ${texts.newest}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const comparing = this.#compared(texts).catch(() => {
      this.#known.delete(key);
      return { title: false, all: false };
    });
    this.#known.set(key, comparing);
    return comparing;
  }

  async #compared({ kind, id, source, newest: last }: TwoTexts): Promise<Alike> {
    const wordsAt = kind === 'comment' ? this.#ofComment(id, [source, last]) : this.#ofPost(id, [source, last]);
    const words = await wordsAt;
    const [before, now] = [words.get(source), words.get(last)];
    if (before === undefined || now === undefined) return { title: false, all: false };
    const title = before.title === now.title;
    return { title, all: title && before.body === now.body };
  }

  async #ofComment(id: string, [source, last]: readonly [number, number]): Promise<ReadonlyMap<number, Words>> {
    const words = new Map<number, Words>();
    for await (const event of this.#store.readStream(`comment-${id}`, BigInt(source))) {
      const revision = Number(event.revision);
      if (revision > last) break;
      if (revision !== source && revision !== last) continue;
      const { personal } = await openNewest(event, this.#vault);
      const body = personal === null || isErased(personal) ? null : openedTextIn(personal, 'body');
      if (body !== null) words.set(revision, { title: '', body });
    }
    return words;
  }

  /** An edit of a post names what it changes alone. */
  async #ofPost(id: string, [source, last]: readonly [number, number]): Promise<ReadonlyMap<number, Words>> {
    const words = new Map<number, Words>();
    let standing = { title: '', body: '' };
    for await (const stored of this.#store.readStream(`post-${id}`)) {
      const event = newest(stored);
      const revision = Number(event.revision);
      if (revision > last) break;
      if (!isOneOf(event, ['PostPublished.v1', 'PostEdited.v1'])) continue;
      const { title = standing.title, body = standing.body } = event.data;
      standing = { title, body };
      if (revision === source || revision === last) words.set(revision, standing);
    }
    return words;
  }
}
