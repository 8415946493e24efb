import type { Sanction } from '../../../libs/client/index.ts';
import {
  isAuditor,
  isEditor,
  isModerator,
  type Membership,
  type Role,
  type TextLanguage,
  type TranslationPlace,
} from '../../../libs/words/index.ts';
import type { FailedSignIns } from '../../access/sign-in/guesses.ts';
import type { Finding } from '../../acts/auditing/findings.ts';
import type { SiteInForce } from '../../views/site/site.query-types.ts';
import type { AssetName } from './assets.ts';
import type { Messages, Translator } from './i18n/translate.ts';

/** How many comments, newcomers, appeals and reported translations wait for moderators. */
export interface WaitingForStaff {
  readonly comments: number;
  readonly newcomers: number;
  readonly appeals: number;
  readonly translations: number;
}

/** The notices of a member on every page. */
export interface MemberNotices {
  /** What waits for a moderator; null for everybody else. */
  readonly waiting: WaitingForStaff | null;
  /** Sanctions that keep the member from writing: a warning to confirm, a suspension. */
  readonly stops: readonly Sanction[];
  /** Wrong passwords that were tried for the member, until it has seen the notice on its settings. */
  readonly failedSignIns: FailedSignIns | null;
  /** Notifications that the member has not seen; MOST_UNREAD_COUNTED means so many or more. */
  readonly unread: number;
}
export const NO_NOTICES: MemberNotices = { waiting: null, stops: [], failedSignIns: null, unread: 0 };

/** The facts that every page knows beside its own contents: the reader, the language, and the addresses of assets. */
export interface Frame {
  readonly translator: Translator;
  /** The words with which the browser keeps times current. */
  readonly timeWords: Messages;
  /** The forum's own, without a final slash. */
  readonly origin: string;
  /** Path and query of this page, to which a change of language or a demo sign-in returns. */
  readonly here: string;
  readonly member: {
    readonly id: string;
    readonly handle: string;
    readonly displayName: string;
    readonly roles: readonly Role[];
    /** Only an active member may write. */
    readonly membership: Membership;
  } | null;
  /** The languages that the reader reads; null for all. */
  readonly reads: readonly TextLanguage[] | null;
  /** Where the reader wants translations of what it does not read. */
  readonly translationsShown: TranslationPlace;
  readonly notices: MemberNotices;
  /** The faults found in the log or the views; empty for everybody but staff. */
  readonly findings: readonly Finding[];
  /** True only for the demo, on a request from this machine. */
  readonly demo: boolean;
  /** True while the forum takes no writes. */
  readonly readOnly: boolean;
  /** Whether readers may see the moderation log without names. */
  readonly publicLog: boolean;
  /** The forum's settings, its name first of all. */
  readonly site: SiteInForce;
  readonly now: number;
  /** The address of an asset by its plain name: `site.css` → `/assets/site-4F2K.css`. */
  readonly asset: (name: AssetName) => string;
  /** The addresses of the files that a browser program imports before it can run. */
  readonly imports: (name: AssetName) => readonly string[];
}

/** Whether anybody may register, without an invitation. */
export function mayRegister({ site: { registration } }: Pick<Frame, 'site'>): boolean {
  return registration === 'open' || registration === 'approval';
}

export function mayModerate(member: { readonly roles: readonly Role[] } | null): boolean {
  return member !== null && isModerator(member.roles);
}

/** The reader as parts of pages know it that browser programs draw too. */
export function readerOf({ member }: Pick<Frame, 'member'>) {
  return member && { memberId: member.id, roles: member.roles };
}

export function mayAudit(member: { readonly roles: readonly Role[] } | null): boolean {
  return member !== null && isAuditor(member.roles);
}

/** Admins set up the forum and its members. */
export function mayAdminister(member: { readonly roles: readonly Role[] } | null): boolean {
  return member?.roles.includes('admin') ?? false;
}

export function mayEditPosts(member: Frame['member']): boolean {
  return member !== null && isEditor(member.roles);
}

/** True for members who do more here than read and comment. */
export function isStaff(member: Frame['member']): boolean {
  return mayModerate(member) || mayAudit(member) || mayEditPosts(member);
}
