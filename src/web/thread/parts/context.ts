import { type ComponentChildren, type ComponentType, createContext, type VNode } from 'preact';
import { useContext } from 'preact/hooks';
import type { Discussion } from '../../../../libs/client/shapes.ts';
import type { Translation } from '../../../../libs/client/translation-shapes.ts';
import {
  type CommentFilter,
  type CommentSort,
  isEditor,
  type PlaceAtOnce,
  type ReactionKind,
  type Role,
} from '../../../../libs/words/index.ts';
import type { MessageKey, Translator } from '../../shell/i18n/translate.ts';
import type { AskedProof } from '../../shell/unseen-fields.tsx';
import type { CommentNode, FoldedBranch, FormOfOwn, OpenForm } from './comment-node.ts';
import { hasText, type ShownComment, type TranslatedAtOnce } from './shown-comment.ts';
import type { Changing } from './use-current.ts';

/** The acts of forms on a comment that the next page tells of. */
export const MARKINGS = ['pinned', 'unpinned', 'accepted', 'unaccepted', 'featured', 'unfeatured'] as const;
export type MarkDone = (typeof MARKINGS)[number];

/** The act that led to this page, told at its comment. */
export interface JustDone {
  readonly did: MarkDone;
  readonly commentId: string;
}

/** The refusal's code for everything that a member writes: see `requireMayTakePart`. */
export type Stop = 'membership_waiting' | 'membership_refused' | 'suspended' | 'warning_open';

/** The facts of a thread's page, the same from the server's HTML to the end of the visit. */
export interface ThreadPageInfo {
  readonly post: {
    readonly id: string;
    readonly slug: string;
    readonly authorId: string | null;
    readonly locale: string;
    /** The address of the frame on the page of another site; absent on the forum's own page. */
    readonly frame?: string;
    /** True on the page of another site before its first comment, which its form sends with the page's address. */
    readonly isUnwritten?: true;
  };
  readonly viewer: {
    readonly memberId: string;
    readonly handle: string;
    readonly displayName: string;
    readonly roles: readonly Role[];
    readonly stop: Stop | null;
  } | null;
  /** False where nobody may register without an invitation; true unless told. */
  readonly mayRegister?: boolean;
  readonly sort: CommentSort;
  /** Which comments are shown, where not all are: each for itself. */
  readonly only?: CommentFilter;
  /** The author of the accepted answer, with its comment; absent while there is none. */
  readonly answer?: { readonly id: string; readonly name: string };
  /** The cursor of this page; null for the first. */
  readonly cursor: string | null;
  /** The cursors of the pages before and after it; null on the first and on the last. */
  readonly previous: string | null;
  readonly next: string | null;
  /** Of the last page; null where nothing follows. */
  readonly last: string | null;
  /** Of a page inside a conversation: the page that begins with it, null for the first of all. Else undefined. */
  readonly whole?: string | null;
  readonly locale: string;
  /** The languages that the viewer reads; absent for all. */
  readonly reads?: readonly string[];
  /** Where the viewer wants translations of what it does not read; absent where it asks for each. */
  readonly translationsShown?: PlaceAtOnce;
  /** The server's clock when it made the page: the first rendering in the browser must equal the server's. */
  readonly now: number;
  /** Code points after NFC and trimming. */
  readonly mostCharacters: number;
  /** Minutes for which members can edit what they wrote; absent where that never ends. */
  readonly editMinutes?: number;
  /** Present where the viewer may bring pictures into a text. */
  readonly images?: true;
  /** Present where the viewer may translate what others wrote. */
  readonly translates?: true;
  /** The depth of the deepest answers; 0 is an answer to the post. */
  readonly deepest: number;
  readonly done?: JustDone;
  /** The comment that the reader's address names, which stands open though others like it are folded. */
  readonly named?: string;
  /** The day on which this discussion closed by its age, in words, and the days for which posts are discussed here. */
  readonly closed?: { readonly day: string; readonly days: number };
  /** For a reader without an account, where the site takes guests: the form, or that a comment was just sent. */
  readonly guests?: 'write' | 'sent';
  /** The signed time of the form for guests. */
  readonly stamp?: string;
  readonly proof?: AskedProof | null;
}

/** A text that is given back, with the reason of its refusal or with its preview. */
export interface Refused {
  readonly parentId: string | null;
  readonly text: string;
  /** Null where nothing was refused. */
  readonly reason: string | null;
  readonly previewHtml?: string;
  /** The position of the draft that the text was taken from. */
  readonly draft?: string;
  /** What a guest typed besides, and the field that is wrong. */
  readonly guest?: {
    readonly name: string;
    readonly email: string;
    readonly field: 'body' | 'name' | 'email';
    /** The signed time of the form that was sent, where it still holds. */
    readonly stamp?: string;
  };
}

/** The actions that the browser program does in place; null on the server, where each of these is a link or a form. */
export interface ThreadActions {
  readonly open: (form: OpenForm | null) => void;
  /** False for a form that opened by itself. */
  readonly takesFocus: () => boolean;
  /** False while the form itself must be sent, as the comment of this id. */
  readonly post: (parentId: string | null, text: string, formId: string) => boolean;
  readonly reveal: (parentId: string | null) => void;
  /** False when the reader must go to its page. */
  readonly unfold: (rootId: string) => boolean;
  readonly retry: (commentId: string) => void;
  readonly discard: (commentId: string) => void;
  /** What the field of this name holds before its program comes. */
  readonly typed: (name: string) => string;
  /** The text that stands in the field: the one typed in the form with this id, or the draft of an earlier visit. */
  readonly draft: (parentId: string | null, typed: string, formId: string) => string;
  readonly keepDraft: (parentId: string | null, text: string) => void;
  readonly typing: (parentId: string | null) => void;
  /** Tells the translation of a comment, null where there is none any more or it cannot be had now. */
  readonly translation: (commentId: string, language: string, tell: (found: Translation | null) => void) => void;
}

/** The other readers, kept apart from the thread so that only this part is drawn again. */
export interface Presence {
  readonly readers: number;
  /** Names of those who write, without the viewer. */
  readonly writing: readonly string[];
}
export type OwnForm = ComponentType<{ readonly comment: ShownComment }>;

/** Forms and requests that change existing comments. */
export interface OwnChanges {
  readonly forms: Readonly<Record<FormOfOwn, OwnForm>>;
  readonly react: (commentId: string, kind: ReactionKind) => void;
  /** Bookmarks a comment, or takes the bookmark away. */
  readonly bookmark: (commentId: string) => void;
  /** The state of an own comment that is not stored yet. */
  readonly Delivery: OwnForm;
  /** The reason why the viewer's last reaction to a comment was refused; empty without one. */
  readonly RefusedReaction: OwnForm;
}

/** The often changing part of a thread; the comments themselves come beside it. */
export interface ChangingThread {
  readonly openForm: OpenForm | null;
  /** The viewer's own reactions, by comment. */
  readonly ownReactions: Readonly<Record<string, readonly string[]>>;
  /** The comments that the viewer has bookmarked. */
  readonly bookmarks: ReadonlySet<string>;
  /** Comments of others that are new since the viewer's last visit. */
  readonly unread: ReadonlySet<string>;
  /** The members whom the viewer ignores. */
  readonly ignored: ReadonlySet<string>;
  /** The number of comments held back so that what is being read does not move, by parent (`''` for the top). */
  readonly waiting: Readonly<Record<string, number>>;
  /** New comments that belong on pages which are not shown. */
  readonly later: number;
  /** The position that the page was made at: what is new came after it. */
  readonly since: string;
  /** The viewer's own comments that were posted here and stand on other pages. */
  readonly elsewhere: ReadonlySet<string>;
  /** The rest that conversations leave out, by their top-level comments. */
  readonly folds: Readonly<Record<string, FoldedBranch>>;
  /** Visible answers at all depths that are not drawn, by the comments that they stand below. */
  readonly beyond: Readonly<Record<string, number>>;
  /** Comments that arrived a moment ago and are tinted. */
  readonly fresh: ReadonlySet<string>;
}

/** The attributes of a comment's own element. */
export interface CommentElement {
  readonly class: string;
  readonly id: string;
  readonly 'data-own': true | undefined;
}

export interface KeptProps {
  readonly thread: ThreadContext;
  readonly element: CommentElement;
  readonly node: CommentNode;
  /** The comment that it answers, when that stands on the page; a deep answer names its author. */
  readonly parent: ShownComment | null;
  /** The element's contents: the same object as long as nothing in the comment's branch changes. */
  readonly children: VNode;
}

/**
 * What a discussion draws of languages: a program of its own, which those pages alone load that have translations or whose
 * readers do not read all languages.
 */
export interface Languages {
  readonly WithTranslations: ComponentType<{ readonly comment: ShownComment; readonly children: ComponentChildren }>;
  readonly InOtherLanguage: ComponentType<{ readonly node: CommentNode; readonly children: ComponentChildren }>;
  readonly isInOtherLanguage: (comment: ShownComment, page: Pick<ThreadPageInfo, 'reads' | 'viewer'>) => boolean;
  /** Whether one line stands for a comment that its viewer does not read. */
  readonly isFolded: (comment: ShownComment, thread: Pick<ThreadContext, 'page' | 'translated'>) => boolean;
}

/** The rarely changing facts for every part of a thread: all parts are drawn again when they change. */
export interface ThreadContext {
  readonly page: ThreadPageInfo;
  readonly translator: Translator;
  readonly discussion: Discussion;
  /** The texts of translations that the page was made with, by comment, for a reader who does not ask for each. */
  readonly translated?: TranslatedAtOnce;
  /** Draws translations, and what its viewer does not read; absent in the browser until a page needs it. */
  readonly languages?: Languages;
  readonly refused: Refused | null;
  readonly presence: Changing<Presence>;
  readonly actions: ThreadActions | null;
  /**
   * The program that changes comments in place, once the browser has loaded it; until then links lead to pages and
   * forms are sent.
   */
  readonly own: OwnChanges | null;
  /** Puts a comment on the page: on the server as it was rendered for others, in the browser as the server sent it. */
  readonly Kept: ComponentType<KeptProps> | null;
  /** Present where the translations themselves stand below a comment, in a copy; else lines lead to them. */
  readonly Translated?: ComponentType<{ readonly commentId: string }>;
  /** The depth from which answers start folded, in a copy, where no page of their own has them; else all are open. */
  readonly foldedFrom?: number;
  /** What a form has for those without a program, and its preview; absent in the browser. */
  readonly plain?: Readonly<Record<'Buttons' | 'Preview', ComponentType<{ readonly parentId: string | null }>>>;
}

const Context = createContext<ThreadContext | null>(null);
export const ThreadProvider = Context.Provider;

export function useThread(): ThreadContext {
  const thread = useContext(Context);
  if (thread === null) throw new Error('a part of a thread was rendered outside its ThreadProvider');
  return thread;
}

/** What the address of a thread's page is made of. */
type Placed = Pick<ThreadPageInfo, 'sort' | 'cursor' | 'only'> & {
  readonly post: Pick<ThreadPageInfo['post'], 'slug' | 'frame'>;
};

/** The address of a thread's page, with one of its forms open if asked for. */
export function threadHref(
  page: Placed,
  to: {
    readonly form?: OpenForm;
    readonly done?: JustDone;
    readonly named?: string;
    readonly since?: string;
    readonly isSent?: boolean;
    readonly hash?: string;
  } = {},
): string {
  const query = new URLSearchParams();
  if (page.sort !== 'oldest') query.set('sort', page.sort);
  if (page.only !== undefined) query.set('only', page.only);
  if (page.cursor !== null) query.set('cursor', page.cursor);
  if (to.since !== undefined) query.set('since', to.since);
  if (to.form) query.set(to.form.kind, to.form.commentId);
  if (to.isSent === true) query.set('sent', 'guest');
  if (to.done) query.set(to.done.did, to.done.commentId);
  if (to.named !== undefined) query.set('comment', to.named);
  const { slug, frame } = page.post;
  const search = query.size > 0 ? `${frame === undefined ? '?' : '&'}${query}` : '';
  const hash = to.done ? 'done' : to.hash;
  return `${frame ?? `/posts/${encodeURIComponent(slug)}`}${search}${hash ? `#${hash}` : ''}`;
}

/** A link within the thread: in a frame, from which all other links lead out, it stays there. */
export function threadLink(page: Placed, to?: Parameters<typeof threadHref>[1]): { href: string; target?: '_self' } {
  const href = threadHref(page, to);
  return page.post.frame === undefined ? { href } : { href, target: '_self' };
}

/** Everybody with an account and without a sanction that stops it may write, while the discussion is open. */
export function mayWrite({ discussion, page }: Pick<ThreadContext, 'discussion' | 'page'>): boolean {
  return discussion.state === 'open' && page.viewer !== null && page.viewer.stop === null;
}

/** Why nothing can be written in the discussion, or as an answer to the comment; null where it can. */
export function shutBy(
  { discussion: { state }, page: { viewer } }: Pick<ThreadContext, 'discussion' | 'page'>,
  answered?: ShownComment,
): MessageKey | null {
  if (state !== 'open') return state === 'closed' ? 'error.discussion_closed' : 'error.discussion_read_only';
  if (answered && !hasText(answered)) return 'error.parent_not_found';
  return viewer?.stop ? `error.${viewer.stop}` : null;
}

/** Whoever asked accepts an answer, and editors do. */
export function mayAccept({ discussion, page: { viewer, post } }: Pick<ThreadContext, 'discussion' | 'page'>): boolean {
  if (discussion.asks !== true || viewer === null || viewer.stop !== null) return false;
  return viewer.memberId === post.authorId || isEditor(viewer.roles);
}

/** Readers without an account may write where the site takes guests. */
export function mayWriteAsGuest(thread: Pick<ThreadContext, 'discussion' | 'page'>): boolean {
  return thread.discussion.state === 'open' && isGuest(thread);
}

export function isGuest({ page }: Pick<ThreadContext, 'page'>): boolean {
  return page.viewer === null && page.guests !== undefined;
}
