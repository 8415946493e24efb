import type { Readable } from 'node:stream';
import type { QueryBus } from '@nestjs/cqrs';
import type { EventStory, LookEntry, MemberAuthor, OpenedPart } from '../../../libs/client/index.ts';
import { DomainError, formatPosition, isUuid, type Position } from '../../../libs/kernel/index.ts';
import { isAuditor } from '../../../libs/words/index.ts';
import type { Principal } from '../../access/principal.ts';
import type { SeenText } from '../../domain/look/look.events.ts';
import { GetAuthors, GetMemberByHandle } from '../../views/members/members.query-types.ts';
import { LOOK_KINDS, type LookKind, lookEntryOf, membersIn, TYPES_OF } from '../looks/entries.ts';
import type { Looks } from '../looks/looks.ts';
import { type Auditing, type EventSearch, type EventSpan, type EventsRead, eventsOf } from './auditing.ts';

export interface AuditsParts {
  readonly auditing: Auditing;
  readonly looks: Looks;
  readonly queries: Pick<QueryBus, 'execute'>;
}

/** A filter as it came in; only the form of each field is checked. */
export interface FilterWish {
  readonly type?: string;
  readonly stream?: string;
  readonly actor?: string;
  readonly correlation?: string;
  readonly causation?: string;
  readonly from?: string;
  readonly to?: string;
}

export interface LooksWish {
  readonly kind: LookKind | null;
  /** The member by id or handle; null for everybody. */
  readonly member: string | null;
  readonly before: Position | null;
  readonly limit: number;
}

export interface LookList {
  readonly items: readonly LookEntry[];
  readonly next: Position | null;
}

/** Actors that are not members. */
const NO_MEMBER = /^(policy|system|guest|import:.+)$/;

/**
 * The ways in which auditors read the log. Each look and export is recorded first: the same for the API and the pages.
 * Throws DomainError.
 */
export class Audits {
  readonly #parts: AuditsParts;

  constructor(parts: AuditsParts) {
    this.#parts = parts;
  }

  async events(principal: Principal, wish: FilterWish, span: EventSpan): Promise<EventsRead> {
    const filter = await this.#filterOf(wish);
    const read = await this.#parts.auditing.events(filter, span);
    await this.#parts.looks.looked(principal, { place: 'events', subject: subjectOf(wish) });
    return read;
  }

  /** The line at a position. Throws DomainError not_found. */
  async event(principal: Principal, position: Position): Promise<string> {
    const line = await this.#parts.auditing.event(position);
    await this.#parts.looks.looked(principal, { place: 'event', subject: formatPosition(position) });
    return line;
  }

  /** Includes the personal part when asked for. Throws DomainError not_found. */
  async story(
    principal: Principal,
    position: Position,
    { open }: { readonly open: boolean },
  ): Promise<{ readonly story: EventStory; readonly opened: OpenedPart | null }> {
    const { auditing, looks } = this.#parts;
    const story = await auditing.story(position);
    const { data } = story.event;
    const about = 'commentId' in data && typeof data.commentId === 'string' ? [data.commentId] : [];
    const subject = formatPosition(position);
    if (open) await looks.looked(principal, { place: 'event', subject: `${subject} opened`, ...textsIn(about) });
    else await looks.looked(principal, { place: 'event', subject });
    return { story, opened: open ? await auditing.opened(position) : null };
  }

  /** All events that match now, oldest first. */
  async exported(
    principal: Principal,
    wish: FilterWish,
    { format, after }: { readonly format: 'ndjson' | 'csv'; readonly after: Position },
  ): Promise<{ readonly file: Readable; readonly until: Position }> {
    const { auditing, looks } = this.#parts;
    const filter = await this.#filterOf(wish);
    const until = await auditing.head();
    const asked = { ...wish, ...(after > 0n ? { after: formatPosition(after) } : {}) };
    await looks.exported(principal, { what: 'events', format, filter: asked, until: formatPosition(until) });
    return { file: await auditing.exported(filter, { format, after, until }), until };
  }

  /** Newest first. A moderator without another role reads only its own looks. */
  async looks(principal: Principal, { kind, member, before, limit }: LooksWish): Promise<LookList> {
    const actor = seesAllLooks(principal) ? member && (await this.#memberId(member)) : principal.memberId;
    const types = (kind === null ? LOOK_KINDS : [kind]).flatMap((one) => TYPES_OF[one]);
    const filter = { types, ...(actor === null ? {} : { actor }) };
    const { lines, next } = await this.#parts.auditing.events(filter, { direction: 'down', from: before, limit });
    const events = await eventsOf(lines);
    const people = await this.people(events.flatMap(membersIn));
    return { items: events.flatMap((event) => lookEntryOf(event, people) ?? []), next };
  }

  people(ids: readonly string[]): Promise<ReadonlyMap<string, MemberAuthor | null>> {
    return this.#parts.queries.execute(new GetAuthors(ids));
  }

  async #filterOf({ type, actor, ...wish }: FilterWish): Promise<EventSearch> {
    requireOrder(wish);
    return {
      ...wish,
      ...(type === undefined ? {} : { types: type.split(',') }),
      ...(actor === undefined ? {} : { actor: await this.#actor(actor) }),
    };
  }

  async #actor(name: string): Promise<string> {
    return NO_MEMBER.test(name) ? name : this.#memberId(name);
  }

  /** The member's id, from an id or from a handle, with an @ before it or not. */
  async #memberId(name: string): Promise<string> {
    if (isUuid(name)) return name;
    return (await this.#parts.queries.execute(new GetMemberByHandle(handleIn(name)))).id;
  }
}

/** An event about no comment counts as a look at the event itself. */
function textsIn(commentIds: readonly string[]): { readonly texts?: readonly SeenText[] } {
  return commentIds.length === 0 ? {} : { texts: commentIds.map((commentId) => ({ commentId, revision: null })) };
}

function handleIn(name: string): string {
  return name.startsWith('@') ? name.slice(1) : name;
}

export function seesAllLooks({ roles }: Pick<Principal, 'roles'>): boolean {
  return isAuditor(roles);
}

/** Throws DomainError `invalid` for a period that ends before it begins. */
function requireOrder({ from, to }: FilterWish): void {
  if (from === undefined || to === undefined || Date.parse(from) <= Date.parse(to)) return;
  const message = 'must not be earlier than from';
  throw new DomainError('invalid', `to ${message}.`, [{ field: 'to', message }]);
}

/** The filter in words, null for none. */
function subjectOf(wish: FilterWish): string | null {
  const parts = Object.entries(wish).map(([field, value]) => `${field}=${value}`);
  return parts.length === 0 ? null : parts.join(' ');
}
