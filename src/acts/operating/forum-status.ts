import type { Position } from '../../../libs/kernel/index.ts';
import type { UnsettledState } from '../../views/mails/mails.query-types.ts';
import type { FixedSetting } from '../../views/site/site.query-types.ts';
import type { Finding } from '../auditing/findings.ts';
import type { MadeBackup, PartSize } from './data-parts.ts';

/** What an operator wants to know of this server, in plain data. */
export interface ForumStatus {
  readonly version: string;
  /** The version of Node.js. */
  readonly node: string;
  /** When the process began, RFC 3339. */
  readonly since: string;
  readonly log: {
    /** The host of the log server that nodes share; null for a file in DATA_DIR. */
    readonly server: string | null;
    /** Null while the log cannot be reached. */
    readonly position: Position | null;
    /** The reason why nothing is written now; null when the log takes writes. */
    readonly trouble: string | null;
  };
  readonly views: readonly ViewStanding[];
  /** Bytes: of this process, and what the system can still give it. */
  readonly memory: { readonly used: number; readonly free: number };
  readonly disk: { readonly folder: string; readonly free: number | null; readonly parts: readonly PartSize[] };
  readonly mails: MailStanding;
  readonly tree: {
    readonly size: number;
    readonly trouble: string | null;
    /** When the newest kept checkpoint was signed, RFC 3339. */
    readonly signedAt: string | null;
  };
  readonly backup: MadeBackup | null;
  readonly findings: readonly Finding[];
  readonly fixed: readonly FixedSetting[];
}

export interface ViewStanding {
  readonly name: string;
  readonly version: number;
  readonly position: Position;
  /** Positions between it and the log; null while the log cannot be reached. */
  readonly behind: Position | null;
  readonly state: 'following' | 'building' | 'stopped';
  /** Why it stopped. */
  readonly reason: string | null;
}

export interface MailStanding {
  /** The host of the mail server; null when mails are files. */
  readonly server: string | null;
  readonly folder: string | null;
  readonly from: string;
  readonly counts: Readonly<Record<UnsettledState, number>>;
  readonly lastSentAt: string | null;
  readonly lastFault: { readonly reason: string; readonly at: string } | null;
  /** Who sends mails now; null when the lease ran out, since there is nothing to send. */
  readonly lease: { readonly isHere: boolean; readonly until: string } | null;
}
