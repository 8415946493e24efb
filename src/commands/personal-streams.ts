import type { EventStore, RecordedEvent } from '../../libs/event-store/index.ts';
import { isErased, Slices, versionsUpTo } from '../../libs/kernel/index.ts';
import { inForumWords } from '../../libs/nest-decider/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import { isSameAddress } from '../domain/member/email.ts';
import { skeletonsOf } from '../domain/member/look-alikes.ts';
import { handleName, skeletonName } from '../domain/reservation/names.ts';
import { dataText } from './data-text.ts';
import { decoders } from './decoders.ts';
import { editDraftPlace, type KeptPlace } from './edit-drafts.ts';
import { personName } from './email-name.ts';
import type { MemberLookup } from './member-lookup.ts';
import { imagesOfComment, unshownImages } from './shown-images.ts';
import { streams } from './streams.ts';

/** The streams about a member that no view lists by member. */
export interface FoundStreams {
  readonly images: readonly string[];
  /** Of links in mails, and of the invitation that the member came with or that was made for an address it has confirmed. */
  readonly links: readonly string[];
  /** The ids under which the addresses that the member has confirmed may get the newsletter. */
  readonly subscribers: readonly string[];
}

/** What an imported person is found by: an address, or a name with the source it came from (null for any). */
export interface ImportedPerson {
  readonly email: string | null;
  readonly name: string | null;
  readonly source: string | null;
}

/** What somebody wrote as a guest with an address of theirs, and no other member has claimed. */
export interface GuestWords {
  /** Ids of comments. */
  readonly comments: readonly string[];
  /** Streams of what waits for its confirmation, or was not forgotten yet. */
  readonly waiting: readonly string[];
}

/** How much an imported person, or a guest, wrote, by where it came from: `guest` for what was written here. */
export type WrittenBySource = ReadonlyMap<string, number>;

const GUEST_TYPES = ['CommentPosted.v1', 'CommentClaimed.v1', 'GuestCommentSent.v1'].flatMap(versionsUpTo);
const TYPES = ['ImageStored.v1', 'LinkRequested.v1', 'LinkIssued.v1', 'InvitationMade.v1', 'InvitationUsed.v1'];
const PREFIXES = [streams.image(''), streams.link(''), streams.invitation('')];

/** Finds what the log has of a person, by reading it: the log lists nobody's things, so that nothing personal is a name in it. */
export class PersonalStreams {
  readonly #store: EventStore;
  readonly #vault: Vault;
  readonly #lookup: MemberLookup;

  constructor(store: EventStore, vault: Vault, lookup: MemberLookup) {
    this.#store = store;
    this.#vault = vault;
    this.#lookup = lookup;
  }

  /** The names that are reserved for the member, and all its addresses; also after the erasure began, while its keys stand. */
  async namesOf(memberId: string): Promise<{ readonly names: readonly string[]; readonly emails: readonly string[] }> {
    const { names: named } = this.#lookup;
    const asked = new Set<string>();
    const emails: string[] = [];
    for await (const event of this.#reading(this.#store.readStream(streams.member(memberId)))) {
      const fact = await decoders.member.open(event, this.#vault);
      if (fact.type === 'MemberRegistered.v2') {
        const { handle } = fact.data;
        for (const name of [handleName(handle), ...skeletonsOf(handle).map(skeletonName)]) asked.add(name);
      }
      if (fact.type === 'MemberRegistered.v2' || fact.type === 'EmailChanged.v1') {
        const email = isErased(fact.personal) ? null : fact.personal.email;
        if (email === null) continue;
        emails.push(email);
        for (const name of [...named.found(email), named.beside(email, memberId)]) asked.add(name);
      }
      if (fact.type === 'ProviderLinked.v1' && !isErased(fact.personal)) {
        asked.add(named.subject({ provider: fact.data.provider, subject: fact.personal.subject }));
      }
    }
    const names: string[] = [];
    for (const name of asked) if ((await this.#lookup.holderOf(name)) === memberId) names.push(name);
    return { names, emails };
  }

  /** Where the author of a comment keeps the draft of an edit of it. Throws DomainError storage_unavailable. */
  editDraftOf(commentId: string): Promise<KeptPlace | null> {
    return editDraftPlace(this.#store, this.#lookup.names, commentId);
  }

  /** The streams of the images that go with a comment; see `imagesOfComment`. */
  imagesOf(commentId: string): Promise<readonly string[]> {
    return imagesOfComment(commentId, this.#store, this.#vault);
  }

  /** Those of a member's images that nothing shows which stays when its comments are kept; see `unshownImages`. */
  unshown(memberId: string, images: readonly string[]): Promise<readonly string[]> {
    return unshownImages(memberId, images, this.#store, this.#vault);
  }

  /**
   * A letter or a subscription to an address belongs to the member who has confirmed it, and still holds it: anybody can
   * register with the address of another. Throws DomainError storage_unavailable.
   */
  async of(member: { readonly memberId: string; readonly emails: readonly string[] }): Promise<FoundStreams> {
    const { memberId } = member;
    const emails = await this.#confirmedOf(member);
    const [images, links] = [new Set<string>(), new Set<string>()];
    const filter = { types: TYPES, streamPrefixes: PREFIXES };
    for await (const event of this.#reading(this.#store.readAll({ filter }))) {
      if (event.type === 'ImageStored.v1') {
        if (dataText(event.data, 'ownerId') === memberId) images.add(event.stream);
      } else if (await this.#concerns(event, { memberId, emails })) links.add(event.stream);
    }
    const subscribers = [...new Set(emails.map((email) => this.#lookup.names.subscriber(email)))];
    return { images: [...images], links: [...links], subscribers };
  }

  /** The ids of the comments that an imported person, or a guest, wrote, and the addresses with them. Throws DomainError storage_unavailable. */
  async writtenBy(person: ImportedPerson): Promise<{
    readonly comments: readonly string[];
    readonly emails: readonly string[];
  }> {
    const comments: string[] = [];
    const emails = new Set<string>();
    for await (const { commentId, email } of this.#commentsBy(person)) {
      comments.push(commentId);
      if (email !== null) emails.add(email);
    }
    return { comments, emails: [...emails] };
  }

  /** What an import knows the person by once it is erased; see `EmailNames.erased`. */
  marksOf(person: ImportedPerson): readonly string[] {
    return this.#lookup.names.erased(person);
  }

  /** The same of a member, by the addresses alone that it has confirmed and still holds. Throws DomainError storage_unavailable. */
  async marksOfMember(member: {
    readonly memberId: string;
    readonly emails: readonly string[];
  }): Promise<readonly string[]> {
    const own = await this.#confirmedOf(member);
    return own.flatMap((email) => this.marksOf({ email, name: null, source: null }));
  }

  /** What the erasure of a person would take now, with what waits for its confirmation. Throws DomainError storage_unavailable. */
  async countOf(person: ImportedPerson): Promise<WrittenBySource> {
    const counts = new Map<string, number>();
    const add = (source: string): unknown => counts.set(source, (counts.get(source) ?? 0) + 1);
    const written = new Set<string>();
    for await (const { commentId, source } of this.#commentsBy(person)) {
      written.add(streams.guest(commentId));
      add(source);
    }
    for (const stream of await this.waitingOf(person)) if (!written.has(stream)) add('guest');
    return counts;
  }

  async *#commentsBy(person: ImportedPerson): AsyncIterable<{
    readonly commentId: string;
    readonly source: string;
    readonly email: string | null;
  }> {
    const filter = { types: versionsUpTo('CommentPosted.v1'), streamPrefixes: [streams.comment('')] };
    for await (const event of this.#reading(this.#store.readAll({ filter }))) {
      if (dataText(event.data, 'authorId') !== null) continue;
      const { data, personal } = await decoders.comment.open(event, this.#vault);
      if (!('source' in data) || data.authorId !== null) continue;
      if (personal === null || isErased(personal) || !('author' in personal) || personal.author === null) continue;
      // A guest's comment came from here, so it belongs to no source.
      if (person.source !== null && data.source?.kind !== person.source) continue;
      if (!isPerson(personal.author, person)) continue;
      const { email } = personal.author;
      yield { commentId: data.commentId, source: data.source?.kind ?? 'guest', email };
    }
  }

  /** The streams of what an imported person, or a guest, sent and did not confirm yet. Throws DomainError storage_unavailable. */
  async waitingOf(person: ImportedPerson): Promise<readonly string[]> {
    const waiting: string[] = [];
    // What is sent here belongs to no source.
    if (person.source !== null) return waiting;
    const filter = { types: versionsUpTo('GuestCommentSent.v1'), streamPrefixes: [streams.guest('')] };
    for await (const event of this.#reading(this.#store.readAll({ filter }))) {
      const { personal } = await decoders.guest.open(event, this.#vault);
      if (personal === null || isErased(personal)) continue;
      if (isPerson(personal, person)) waiting.push(event.stream);
    }
    return waiting;
  }

  /**
   * The ids under which the newsletter, or the question whether it is wanted, goes to a person's mailbox while it is found by
   * the address, and from every source. Throws DomainError storage_unavailable.
   */
  async subscribersOf({ email, source }: ImportedPerson): Promise<readonly string[]> {
    if (email === null || source !== null) return [];
    const id = this.#lookup.names.subscriber(email);
    for await (const event of this.#reading(this.#store.readStream(streams.subscriber(id)))) {
      const personal = event.sealed && (await this.#vault.open(event.sealed, event));
      if (personal !== null && !isErased(personal)) return [id];
    }
    return [];
  }

  /**
   * What was written as a guest, or came with an import, by the addresses alone that the member has confirmed and still holds, but for
   * what another member has claimed. Throws DomainError storage_unavailable.
   */
  async guestWordsOf(member: { readonly memberId: string; readonly emails: readonly string[] }): Promise<GuestWords> {
    const own = await this.#confirmedOf(member);
    if (own.length === 0) return { comments: [], waiting: [] };
    const [comments, waiting] = [new Set<string>(), new Set<string>()];
    const filter = { types: GUEST_TYPES, streamPrefixes: [streams.comment(''), streams.guest('')] };
    for await (const event of this.#reading(this.#store.readAll({ filter }))) {
      const commentId = dataText(event.data, 'commentId') ?? '';
      if (event.type.startsWith('CommentClaimed.')) {
        if (dataText(event.data, 'memberId') !== member.memberId) comments.delete(commentId);
        continue;
      }
      if (isByMember(event)) continue;
      const address = await this.#guestAddressIn(event);
      if (!own.some((email) => isAt(address, email))) continue;
      if (event.stream === streams.guest(commentId)) waiting.add(event.stream);
      else comments.add(commentId);
    }
    return { comments: [...comments], waiting: [...waiting] };
  }

  async #confirmedOf({ memberId, emails }: { memberId: string; emails: readonly string[] }): Promise<string[]> {
    const { names } = this.#lookup;
    const own: string[] = [];
    for (const email of new Set(emails)) {
      const holders = [names.confirmed(email), names.confirmedBeside(email)].map((name) => this.#lookup.holderOf(name));
      if ((await Promise.all(holders)).includes(memberId)) own.push(email);
    }
    return own;
  }

  async #guestAddressIn(event: RecordedEvent): Promise<string | null> {
    const personal = event.sealed && (await this.#vault.open(event.sealed, event));
    if (personal === null || isErased(personal)) return null;
    if (event.stream.startsWith(streams.guest(''))) return dataText(personal, 'email');
    return dataText(Object(Reflect.get(Object(personal), 'author')), 'email');
  }

  async #concerns(
    event: RecordedEvent,
    { memberId, emails }: { memberId: string; emails: readonly string[] },
  ): Promise<boolean> {
    if (dataText(event.data, 'memberId') === memberId) return true;
    const personal = event.sealed && (await this.#vault.open(event.sealed, event));
    if (personal === null || isErased(personal)) return false;
    if (dataText(personal, 'memberId') === memberId) return true;
    return emails.some((email) => isAt(dataText(personal, 'email'), email));
  }

  /** Other requests are heard between the events. */
  async *#reading(events: AsyncIterable<RecordedEvent>): AsyncIterable<RecordedEvent> {
    const slices = new Slices();
    try {
      for await (const event of events) {
        await slices.pause();
        yield event;
      }
    } catch (error) {
      throw inForumWords(error);
    }
  }
}

/** What members wrote is not opened: that takes most of the time of a look. */
function isByMember({ stream, data }: RecordedEvent): boolean {
  return !stream.startsWith(streams.guest('')) && dataText(data, 'authorId') !== null;
}

function isPerson(
  author: { readonly displayName: string; readonly email: string | null },
  { email, name }: ImportedPerson,
): boolean {
  if (email !== null) return isAt(author.email, email);
  return name !== null && personName(author.displayName) === personName(name);
}

function isAt(address: string | null, email: string): boolean {
  return address !== null && isSameAddress(address, email);
}
