import { createHash, timingSafeEqual } from 'node:crypto';
import { DomainError, deriveId, isRecord } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import { networkOf } from '../access/network.ts';
import type { Principal } from '../access/principal.ts';
import type { PublicAddress } from '../access/public-address.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import { deviceOf } from '../access/sign-in/device.ts';
import type { Framed } from '../access/sign-in/framed.ts';
import type { Seal } from '../access/sign-in/seal.ts';
import { openedAt } from '../access/sign-in/sessions.ts';
import type { Standing, Standings } from '../views/members/members.query-types.ts';
import type { Pages } from './pages.ts';
import type { SessionOpening, SignedIn } from './session-opening.ts';

export interface FrameSessionsParts {
  /** Closes codes, so that whoever sees one reads nothing of it. */
  readonly seal: Seal;
  readonly address: Pick<PublicAddress, 'isSecure'>;
  readonly opening: SessionOpening;
  readonly limits: RateLimits;
  readonly pages: Pick<Pages, 'allows' | 'origin'>;
  readonly standings: Standings;
}

/** A frame uses its code at once. */
const CODE_MS = 60_000;
/** SHA-256 in base64url. */
const CHALLENGE = /^[\w-]{43}$/u;

/** What a frame sends for a session of its own. */
export interface FrameCode {
  readonly code: string;
  /** The words whose SHA-256 the frame named when it asked for a code. */
  readonly verifier: string;
  /** The address of the page around the frame. */
  readonly url: string;
}

/**
 * Sessions for frames on other sites' pages, where browsers keep back the forum's cookie. A member with a session here
 * lets a code be handed to the frame; it opens one session, within a minute, for the frame that asked, on pages of one
 * origin. The new session is as old as the one that it comes from, so it ends with it at the latest, and proves no sign-in
 * of its own; a code is worth nothing once the session that it comes from was ended, or the password changed.
 */
export class FrameSessions {
  readonly #parts: FrameSessionsParts;

  constructor(parts: FrameSessionsParts) {
    this.#parts = parts;
  }

  /** Throws DomainError foreign_origin, invalid. */
  requireHost(host: string, challenge: string): void {
    if (!CHALLENGE.test(challenge)) throw new DomainError('invalid', 'The challenge must be a SHA-256 in base64url.');
    if (!this.#parts.pages.allows(host)) throw new DomainError('foreign_origin', 'No frame may stand on this site.');
  }

  /** Throws DomainError as `requireHost`. */
  async codeFor(principal: Principal, host: string, challenge: string): Promise<string> {
    this.requireHost(host, challenge);
    const { memberId, sessionId } = principal;
    const standing = await this.#parts.standings.of(memberId);
    // A session tells its second alone, and one that a new password opened is as old as that.
    const at = new Date(Math.max(Date.parse(openedAt(principal)), Date.parse(standing?.sessionsFrom ?? '1970')));
    const asked: Asked = { memberId, host, challenge, sessionId, since: sinceOf(standing), at: at.toISOString() };
    return this.#parts.seal.close(asked, Date.now() + CODE_MS);
  }

  /**
   * The page around a frame, for which alone a session there counts. Without https the forum has one session, its own, which
   * counts everywhere. Throws DomainError foreign_origin, invalid.
   */
  siteOf(url: string): Pick<Framed, 'site'> {
    const site = this.#parts.pages.origin(url);
    return { site: this.#parts.address.isSecure ? site : null };
  }

  /** Throws DomainError login_failed for whatever is wrong with a code, and banned, rate_limited. */
  async open({ code, verifier, url }: FrameCode, asking: Asking): Promise<SignedIn> {
    const { limits, seal, opening, pages } = this.#parts;
    await limits.take('sign-in-address', networkOf(asking.address));
    const asked = askedIn(seal.open(code));
    const proved = createHash('sha256').update(verifier).digest();
    const origin = pages.origin(url);
    if (asked === null || asked.host !== origin || !isSame(proved, asked.challenge)) throw refused();
    const { memberId, sessionId, since } = asked;
    if (this.#parts.standings.ended(sessionId) || sinceOf(await this.#parts.standings.of(memberId)) !== since)
      throw refused();
    // The id is made of the code, and an id is recorded once: so a code counts once, on all nodes.
    const first = {
      way: 'frame',
      at: new Date(asked.at),
      proof: null,
      shown: { session: sessionId },
      sessionId: deriveId('frame session', code),
    } as const;
    const framed = { ...this.siteOf(url), sso: null };
    try {
      return await opening.open(memberId, first, {
        device: deviceOf(asking.userAgent),
        framed,
        ...(asking.former?.framed && { former: asking.former }),
      });
    } catch (error) {
      throw error instanceof DomainError && ['conflict', 'unauthenticated'].includes(error.code) ? refused() : error;
    }
  }
}

/** What ends a member's sessions all at once, as it stands: another password, or an end of all others. */
function sinceOf(standing: Standing | undefined): string {
  return `${standing?.sessionsFrom ?? 'never'} ${standing?.othersEnded?.position ?? 'never'}`;
}

/** What a code says. */
interface Asked {
  readonly memberId: string;
  readonly host: string;
  readonly challenge: string;
  /** The session that it comes from, when that was signed in (RFC 3339), and what had ended sessions before. */
  readonly sessionId: string;
  readonly at: string;
  readonly since: string;
}

function isSame(proved: Buffer, challenge: string): boolean {
  const expected = Buffer.from(challenge, 'base64url');
  return expected.length === proved.length && timingSafeEqual(expected, proved);
}

function refused(): DomainError {
  return new DomainError('login_failed', 'This code is wrong, too old, of another page, or was used before.');
}

/** Only the forum closes codes, so what is in one is as it was written. */
function askedIn(asked: unknown): Asked | null {
  if (!isRecord(asked)) return null;
  const text = (name: keyof Asked) => String(asked[name]);
  return {
    memberId: text('memberId'),
    host: text('host'),
    challenge: text('challenge'),
    sessionId: text('sessionId'),
    at: text('at'),
    since: text('since'),
  };
}
