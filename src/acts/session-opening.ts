import { randomUUID } from 'node:crypto';
import type { QueryBus } from '@nestjs/cqrs';
import type { OwnMember } from '../../libs/client/index.ts';
import {
  DomainError,
  deriveId,
  isRecord,
  type Position,
  type ShownWay,
  signInFailed,
} from '../../libs/kernel/index.ts';
import { ONE_FACTOR_WAYS, SIGN_IN_WAYS, type SignInWay } from '../../libs/words/index.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import { Banned } from '../access/sign-in/banned.ts';
import { proofIn } from '../access/sign-in/codes.ts';
import { deviceOn } from '../access/sign-in/framed.ts';
import { endOfSession, type IssuedSession, type Sessions } from '../access/sign-in/sessions.ts';
import type { SignInGuard, SignInOrigin } from '../access/sign-in/sign-in-guard.ts';
import type { Tickets } from '../access/sign-in/tickets.ts';
import type { MemberLookup } from '../commands/member-lookup.ts';
import { EndSession, OpenSession } from '../domain/member/sessions.commands.ts';
import { GetOwnMember, type Standings } from '../views/members/members.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';

export interface SessionParts {
  readonly lookup: MemberLookup;
  readonly guard: SignInGuard;
  readonly sessions: Sessions;
  readonly tickets: Tickets;
  readonly standings: Standings;
  readonly writes: ForumWrites;
  readonly queries: Pick<QueryBus, 'execute'>;
  /** The log's newest position. */
  readonly head: () => Promise<Position>;
}

export interface SignedIn {
  readonly session: IssuedSession;
  readonly member: OwnMember;
  /** Whether the second factor was a recovery code, which is used up. */
  readonly usedRecoveryCode?: boolean;
}

/** The first factor was right, and the second is asked for. */
export interface SecondStep {
  /** Sent back with the code, within some minutes. */
  readonly ticket: string;
}

/** How somebody has shown to be a member. */
export interface FirstFactor {
  readonly way: SignInWay;
  /** When the password, the link or the token was read: a password that is changed later ends the session. */
  readonly at: Date;
  /** What was shown then: the session is refused once that is worth nothing. */
  readonly shown: ShownWay;
  /** Where the way in may open one session alone: its id, which is used once. */
  readonly sessionId?: string;
}

type Proof = OpenSession['data']['proof'];

/** A way in of these may be pressed twice, and opens one session for its id. */
const PRESSED_TWICE: readonly SignInWay[] = ['link', 'provider'];
/** Milliseconds for which the second step waits for its code. */
const STEP_MS = 10 * 60_000;
const STEP = 'second step';

/**
 * Opens sessions for all ways in, and asks for the second factor where the member has one and the way in proves only one.
 * A session is recorded before its token is given, so that every node and the member's list of devices know it.
 */
export class SessionOpening {
  readonly #parts: SessionParts;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** A session, or the second step when there is a second factor. Throws DomainError `banned`, storage_unavailable. */
  async enter(memberId: string, first: FirstFactor, from: SignInOrigin): Promise<SignedIn | SecondStep> {
    if (!(await this.#needsCode(memberId, first.way))) return this.open(memberId, { ...first, proof: null }, from);
    const content = Buffer.from(JSON.stringify({ ...first, memberId, at: first.at.getTime() }));
    return { ticket: this.#parts.tickets.write(STEP, content, { until: Date.now() + STEP_MS }) };
  }

  /** The same with the code at once. Throws DomainError `second_factor_required`, `second_factor_failed`, `rate_limited`. */
  async enterWithCode(
    memberId: string,
    first: FirstFactor,
    code: string | undefined,
    from: SignInOrigin,
  ): Promise<SignedIn> {
    if (code !== undefined && (await this.#needsCode(memberId, first.way))) {
      return this.#withCode(memberId, first, code, from);
    }
    return this.open(memberId, { ...first, proof: null }, from);
  }

  /** The second step. Throws DomainError `login_failed` for a ticket that is over, else like `enterWithCode`. */
  takeStep(
    { ticket, code }: { readonly ticket: string; readonly code: string },
    from: SignInOrigin,
  ): Promise<SignedIn> {
    const step = stepIn(this.#parts.tickets.read(STEP, ticket, Date.now()));
    if (step === null) throw new DomainError('login_failed', 'This sign-in took too long. Begin again.');
    return this.#withCode(step.memberId, step, code, from);
  }

  /** Opens a session for what was proved. Throws the rules' refusals, `sessions_ended` among them, and DomainError `banned`. */
  async open(
    memberId: string,
    { way, at, proof, shown, sessionId = randomUUID() }: FirstFactor & { readonly proof: Proof },
    { device: words = '', former, framed }: Pick<SignInOrigin, 'device' | 'former' | 'framed'>,
  ): Promise<SignedIn> {
    const { writes, sessions, standings, head } = this.#parts;
    const member = await this.#shown(memberId, await head());
    if ((await standings.of(memberId))?.banned) throw new Banned(memberId, framed);
    const device = framed?.site ? deviceOn(framed.site, words) : words;
    const data = { memberId, sessionId, expiresAt: endOfSession(at), way, device, proof };
    const meta = commandMeta({ memberId }, PRESSED_TWICE.includes(way) ? deriveId(sessionId, 'open') : undefined);
    const { position, repeated } = await writes.send(new OpenSession(data, { ...meta, shown }));
    if (repeated) throw signInFailed();
    if (former?.memberId === memberId) await this.#end(former);
    const opened = { memberId, sessionId, ...(framed && { framed }) };
    return { session: sessions.issue(opened, at, position), member };
  }

  /**
   * The session that a link has opened, or would have opened when the server died before; null when it has ended. Throws
   * DomainError `banned`, and `second_factor_required` for one that was never opened.
   */
  async openedBefore(
    memberId: string,
    { way, at, shown, sessionId }: FirstFactor & { readonly sessionId: string },
    { device = '' }: Pick<SignInOrigin, 'device'>,
  ): Promise<SignedIn | null> {
    const { writes, sessions } = this.#parts;
    const data = { memberId, sessionId, expiresAt: endOfSession(at), way, device, proof: null };
    const meta = { ...commandMeta({ memberId }, deriveId(sessionId, 'open')), shown };
    const { position } = await writes.send(new OpenSession(data, meta));
    const member = await this.#shown(memberId, position);
    const session = sessions.issue({ memberId, sessionId }, at, position);
    try {
      await sessions.authenticate(session.token);
      return { session, member };
    } catch (error) {
      if (error instanceof DomainError && error.code === 'unauthenticated') return null;
      throw error;
    }
  }

  /** Nobody uses the former session of a browser any more, so it does not stay in the list of devices. */
  async #end({ memberId, sessionId, sessionEndsAt: expiresAt }: Principal): Promise<void> {
    await this.#parts.writes.send(new EndSession({ memberId, sessionId, expiresAt }, commandMeta({ memberId })));
  }

  async #withCode(memberId: string, first: FirstFactor, code: string, from: SignInOrigin): Promise<SignedIn> {
    const isKnown = from.knows?.(memberId) ?? false;
    return this.#parts.guard.tryCode(memberId, isKnown ? 'known' : 'unknown', async () => {
      const now = Date.now();
      const ways = await this.#parts.lookup.waysInOf(memberId, new Date(now).toISOString());
      const proof = proofIn(code, ways?.codeSecret ?? null, now);
      const signedIn = await this.open(memberId, { ...first, proof }, from);
      return { ...signedIn, usedRecoveryCode: proof.kind === 'recovery' };
    });
  }

  async #needsCode(memberId: string, way: SignInWay): Promise<boolean> {
    if (!ONE_FACTOR_WAYS.includes(way)) return false;
    const ways = await this.#parts.lookup.waysInOf(memberId, new Date().toISOString());
    return ways?.secondFactorOn ?? false;
  }

  async #shown(memberId: string, position: Position): Promise<OwnMember> {
    await this.#parts.writes.shown(position);
    return this.#parts.queries.execute(new GetOwnMember(memberId));
  }
}

/** Only the forum writes tickets, so what is in one is as it was written. */
function stepIn(content: Buffer | null): (FirstFactor & { readonly memberId: string }) | null {
  const step: unknown = content === null ? null : JSON.parse(content.toString());
  if (!isRecord(step)) return null;
  const { memberId, at } = step;
  const shown = shownIn(step['shown']);
  const way = SIGN_IN_WAYS.find((one) => one === step['way']);
  if (typeof memberId !== 'string' || typeof at !== 'number' || way === undefined) return null;
  return shown === null ? null : { memberId, way, at: new Date(at), shown };
}

function shownIn(shown: unknown): ShownWay | null {
  const lastEnd = isRecord(shown) ? shown['lastEnd'] : undefined;
  return lastEnd === null || typeof lastEnd === 'string' ? { lastEnd } : null;
}
