import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { MemberAuthor } from '../../../../libs/client/index.ts';
import {
  DomainError,
  foldName,
  growingTo,
  isErased,
  isUnreadable,
  isUuid,
  parsePosition,
} from '../../../../libs/kernel/index.ts';
import { type Projected, statement, VIEWS, type Views } from '../../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../../libs/vault/index.ts';
import { type Role, readLanguages, rolesInForce } from '../../../../libs/words/index.ts';
import { idBytes, idText } from '../../ids.ts';
import { moment } from '../../moment.ts';
import { membershipOf, openedTextIn, rolesOf } from '../../rows.ts';
import {
  type FirstRun,
  membersChanges,
  type NewcomerForStaff,
  type Standing,
  type Standings,
} from '../members.query-types.ts';
import { presentAuthor } from './present-author.ts';

const MOST_MEMBERS = 10_000;
const MOST_SESSIONS = 50_000;

interface MemberRow {
  readonly id: Buffer;
  readonly handle: string;
  readonly roles: string;
  readonly locale: string;
  readonly created_at: number;
  readonly sessions_from: number;
  readonly membership: string;
  readonly sealed: Buffer | null;
  readonly sealed_as: string;
  readonly renamed: Buffer | null;
  readonly readdressed: Buffer | null;
  readonly wanted: Buffer | null;
  readonly wanted_until: number | null;
  readonly held_by: string | null;
  readonly banned: number;
  readonly confirmed: number;
  readonly hidden: number;
  readonly quotable: number;
  readonly reads: string | null;
  readonly translations: string;
  readonly others_ended: string | null;
  readonly others_except: string | null;
}

/** A member with the personal part opened. */
export interface OpenedMember extends Standing {
  /** All that the log names, also those that count only once it is let in. */
  readonly heldRoles: readonly Role[];
  readonly emailConfirmed: boolean;
  /** Whether only staff and the member itself find its page. */
  readonly pageHidden: boolean;
  /** Whether newsletters may quote its comments. */
  readonly mayBeQuoted: boolean;
  /** Null for a member who has none. */
  readonly email: string | null;
  /** The address that the member wants; null for none. */
  readonly pendingEmail: string | null;
  /** The rules of the policy because of which it waits, or waited; empty for none. */
  readonly heldBy: readonly string[];
  readonly createdAt: string;
}

interface KeptMember {
  readonly opening: Promise<OpenedMember | undefined>;
  /** Undefined until it is opened. */
  member: OpenedMember | undefined;
}

const memberById = statement<MemberRow>(`
  SELECT m.*, EXISTS (SELECT 1 FROM ban WHERE ban.member = m.id) AS banned FROM member m WHERE m.id = ?`);
const idByHandle = statement<{ id: Buffer }>('SELECT id FROM member WHERE folded = ? ORDER BY n LIMIT 1');
const waitingIds = statement<{ id: Buffer }>("SELECT id FROM member WHERE membership = 'waiting' ORDER BY n LIMIT ?");
const waitingNumber = statement<{ readonly n: bigint }>(
  "SELECT count(*) AS n FROM member WHERE membership = 'waiting'",
);
const anybody = statement<{ readonly n: bigint }>('SELECT n FROM member LIMIT 1');
const endedSession = statement<{ id: string }>('SELECT id FROM ended_session WHERE id = ?');

/** The members as requests and pages need them, read and opened once, and again after a change. */
@Injectable()
export class MemberDirectory implements Standings, FirstRun, OnModuleDestroy {
  readonly #views: Views;
  readonly #vault: Pick<Vault, 'open'>;
  readonly #members = new LRUCache<string, KeptMember>(growingTo(MOST_MEMBERS));
  readonly #sessions = new LRUCache<string, boolean>(growingTo(MOST_SESSIONS));
  readonly #stop: () => void;
  /** Members are never forgotten, so that one look is enough. */
  #somebody = false;

  constructor(@Inject(VIEWS) views: Views, @Inject(VAULT) vault: Pick<Vault, 'open'>) {
    this.#views = views;
    this.#vault = vault;
    this.#stop = views.onProjected((projected) => this.#forget(projected));
  }

  /** Undefined for an unknown member, and for one whose personal part was erased. */
  of(memberId: string): Promise<OpenedMember | undefined> {
    const known = this.#members.get(memberId);
    if (known) return known.opening;
    const opening = isUuid(memberId) ? this.#open(this.#row(memberId)) : Promise.resolve(undefined);
    const kept: KeptMember = { opening, member: undefined };
    this.#members.set(memberId, kept);
    opening.then(
      (member) => {
        kept.member = member;
      },
      () => this.#members.delete(memberId),
    );
    return opening;
  }

  known(memberId: string): OpenedMember | undefined {
    return this.#members.get(memberId)?.member;
  }

  /** The member by handle in any case; undefined when nobody has it. */
  async byHandle(handle: string): Promise<OpenedMember | undefined> {
    const found = idByHandle(this.#views.db('members')).get(foldName(handle));
    return found && this.of(idText(found.id));
  }

  ended(sessionId: string): boolean {
    const known = this.#sessions.get(sessionId);
    if (known !== undefined) return known;
    const ended = endedSession(this.#views.db('members')).get(sessionId) !== undefined;
    this.#sessions.set(sessionId, ended);
    return ended;
  }

  /** The author that a comment shows; null when the member was erased. */
  async author(memberId: string): Promise<MemberAuthor | null> {
    const member = await this.of(memberId);
    return member ? presentAuthor(member) : null;
  }

  /** Reads each member once, however often it wrote. */
  async authors(memberIds: Iterable<string>): Promise<ReadonlyMap<string, MemberAuthor | null>> {
    const authors = new Map<string, MemberAuthor | null>();
    const unknown: string[] = [];
    for (const id of memberIds) {
      if (authors.has(id)) continue;
      const member = this.known(id);
      authors.set(id, member ? presentAuthor(member) : null);
      if (member === undefined) unknown.push(id);
    }
    await Promise.all(unknown.map(async (id) => authors.set(id, await this.author(id))));
    return authors;
  }

  /** The members who wait to be let in, the longest waiting first. */
  async waiting(most: number): Promise<readonly NewcomerForStaff[]> {
    const rows = waitingIds(this.#views.db('members')).all(most);
    const members = await Promise.all(rows.map(({ id }) => this.of(idText(id))));
    return members.flatMap((member) => {
      if (member === undefined) return [];
      const { createdAt, heldBy, heldRoles } = member;
      return [{ ...presentAuthor(member), createdAt, heldBy, heldRoles }];
    });
  }

  waitingCount(): number {
    return Number(waitingNumber(this.#views.db('members')).get()?.n ?? 0);
  }

  nobody(): boolean {
    if (this.#somebody) return false;
    try {
      this.#somebody = anybody(this.#views.db('members')).get() !== undefined;
      return !this.#somebody;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not_caught_up') return false;
      throw error;
    }
  }

  onModuleDestroy(): void {
    this.#stop();
  }

  #row(memberId: string): MemberRow | undefined {
    return memberById(this.#views.db('members')).get(idBytes(memberId));
  }

  /** A member whose name cannot be read is shown by its handle, which is not sealed. */
  async #open(row: MemberRow | undefined): Promise<OpenedMember | undefined> {
    if (!row?.sealed) return undefined;
    const memberId = idText(row.id);
    const membership = membershipOf(row.membership);
    const heldRoles = rolesOf(row.roles);
    const stream = `member-${memberId}`;
    const registered = await this.#vault.open(row.sealed, { stream, type: row.sealed_as });
    const renamed = row.renamed && (await this.#vault.open(row.renamed, { stream, type: 'MemberRenamed.v1' }));
    const moved = row.readdressed && (await this.#vault.open(row.readdressed, { stream, type: 'EmailChanged.v1' }));
    const isWanted = Date.now() < (row.wanted_until ?? 0);
    const wanted =
      isWanted && row.wanted ? await this.#vault.open(row.wanted, { stream, type: 'EmailChangeAsked.v1' }) : null;
    if ([registered, renamed, moved].some((part) => isErased(part) && !isUnreadable(part))) return undefined;
    return {
      memberId,
      handle: row.handle,
      displayName: openedTextIn(renamed ?? registered, 'displayName') ?? row.handle,
      roles: rolesInForce({ roles: heldRoles, membership }),
      heldRoles,
      locale: row.locale,
      ...readsIn(row),
      ...placeIn(row),
      sessionsFrom: moment(row.sessions_from),
      othersEnded: othersEndedIn(row),
      banned: row.banned === 1,
      emailConfirmed: row.confirmed === 1,
      pageHidden: row.hidden === 1,
      mayBeQuoted: row.quotable === 1,
      membership,
      email: emailIn(moved ?? registered),
      pendingEmail: wanted === null ? null : emailIn(wanted),
      heldBy: row.held_by === null ? [] : namesIn(row.held_by),
      createdAt: moment(row.created_at),
    };
  }

  #forget(projected: readonly Projected[]): void {
    if (projected.some(({ view, renewed }) => renewed && view === 'members')) {
      this.#members.clear();
      this.#sessions.clear();
    }
    for (const { memberId, endedSessionId } of membersChanges(projected)) {
      if (endedSessionId !== null) this.#sessions.set(endedSessionId, true);
      else this.#members.delete(memberId);
    }
  }
}

function namesIn(json: string): readonly string[] {
  const list: unknown = JSON.parse(json);
  return Array.isArray(list) ? list.map(String) : [];
}

function emailIn(opened: Awaited<ReturnType<Vault['open']>>): string | null {
  return isErased(opened) ? '' : openedTextIn(opened, 'email');
}

function othersEndedIn({ others_ended, others_except }: MemberRow): Standing['othersEnded'] {
  const position = others_ended === null ? undefined : parsePosition(others_ended);
  return position === undefined ? null : { position, except: others_except };
}

function readsIn({ reads }: MemberRow): Pick<Standing, 'reads'> {
  const languages = reads === null ? null : readLanguages(namesIn(reads));
  return languages === null ? {} : { reads: languages };
}

function placeIn({ translations }: MemberRow): Pick<Standing, 'translationsShown'> {
  return translations === 'beside' || translations === 'instead' ? { translationsShown: translations } : {};
}
