import type { Discussion } from '../../../../libs/client/shapes.ts';
import { COMMENT_SORTS, isModerator } from '../../../../libs/words/index.ts';
import { type LanguageNames, namesForBrowser } from '../../shell/i18n/language-names.ts';
import type { Messages } from '../../shell/i18n/translate.ts';
import { encodedOnce } from '../../shell/page-json.ts';
import type { OpenForm } from './comment-node.ts';
import type { ChangingThread, Refused, ThreadContext, ThreadPageInfo } from './context.ts';
import type { ShownComment, TranslatedAtOnce } from './shown-comment.ts';
import type { ThreadProps } from './thread.tsx';

/** A comment without the parts that the page's HTML holds already, whose text is read from there, and without what the browser counts itself. */
export type SparseComment = Omit<ShownComment, 'bodyHtml' | 'body' | 'delivery' | 'postId' | 'replyCount'>;

/** The data from which the browser program starts: everything that the server rendered the thread with. */
export interface ThreadPageData {
  readonly page: ThreadPageInfo;
  readonly discussion: Discussion;
  readonly openForm: OpenForm | null;
  readonly refused: Refused | null;
  readonly ownReactions: Readonly<Record<string, readonly string[]>>;
  readonly bookmarks: readonly string[];
  readonly unread: readonly string[];
  readonly ignored: readonly string[];
  readonly folds: ChangingThread['folds'];
  readonly beyond: ChangingThread['beyond'];
  readonly place: ThreadProps['place'];
  readonly translated?: TranslatedAtOnce;
  readonly comments: readonly SparseComment[];
  readonly count: number;
  /** Items on all pages, with the places of removed ones. */
  readonly total: number;
  readonly newId: string;
  readonly position: string;
  readonly messages: Messages;
  /** Absent where browsers know how the viewer's language names others. */
  readonly languageNames?: LanguageNames;
}

/** The texts that the browser needs. */
const IN_BROWSER =
  /^((thread|comment|role|reaction|form|live|keys|error)\.|translation\.(into|translated|original|all|show|hide|instead|beside|staleSince|takeAway|add)$)/;
/** Of pages, accounts and settings. */
const NOT_IN_BROWSER =
  /^role\.(does|auditor)|^error\.(title|text|home|again|provider_|last_|registration_|invitation_|form_refused|proof_|disposable_|banned_address|too_many_registrations|login_|second_|link_|email_|slug_|founder_)/;
/** Of what a reader without an account can neither write nor change where the site takes no guests, of its refusals, and of what only authors and moderators see. */
const NOT_FOR_READERS =
  /^(translation\.takeAway|error\..+|reaction\.title|form\.(comment|answer|edit|hint|post\w+|save|cancel|left|tooMany|optional|leaveEmpty)|comment\.(ignored|isNew|somebody|held|heldSeen|heldNext|rejected|why|removedSeen|removedOwn|react|report|edit|remove|language|(un)?bookmark|pin|unpin|isPinned|isUnpinned|accept|unaccept|isAccepted|isUnaccepted|feature|unfeature|isFeaturedNow|isUnfeatured|sending|unsent|refused|discard|tryAgain|signInAndSend|moderate)|live\.(removeConfirm|keep)|thread\.(asks|elsewhere|showThere))$/;
/** The texts of the form for guests alone. */
const FOR_GUESTS = /^form\.guest\./;
/** The further texts of that form where it asks for a proof of work. */
const FOR_ASKED = /^proof\./;
/** The further texts for all who are signed in, who give reasons in place, and are told when they may write no more. */
const FOR_SIGNED_IN = /^(reason\..+|decide\.reason|field\.required|appeal\.title|embed\.back|stop\.(suspension|read))$/;
/** The further texts for members, who report. */
const FOR_MEMBERS = /^(complain\.|translation\.report$)/;
/** The further texts for moderators, who decide. */
const FOR_MODERATORS =
  /^((action|decided|rule)\..+|decide\.(noReason|note|case|elsewhere)|queue\.(claimed|undo|fromSource|guest))$/;

/** Texts of some pages alone, each with what only those pages tell. */
const OF_SOME_PAGES: ReadonlyMap<string, 'closed' | 'only' | 'whole' | 'reads' | 'translationsShown'> = new Map([
  ['comment.inLanguage', 'reads'],
  ['comment.translatedInto', 'reads'],
  ['translation.translated', 'translationsShown'],
  ['translation.original', 'translationsShown'],
  ['translation.all', 'translationsShown'],
  ['thread.closedByAge', 'closed'],
  ['thread.noneFeatured', 'only'],
  ['thread.part', 'whole'],
  ['thread.whole', 'whole'],
]);

type Reader = 'reader' | 'guest' | 'asked guest' | 'member' | 'moderator';
/** The texts of each language, chosen once for each kind of reader and of page. */
const chosen = new WeakMap<Messages, Map<string, Messages>>();

export function messagesForBrowser(
  messages: Messages,
  page: Pick<
    ThreadPageInfo,
    'viewer' | 'guests' | 'proof' | 'closed' | 'only' | 'whole' | 'reads' | 'translationsShown' | 'sort'
  >,
): Messages {
  const { viewer, guests, proof } = page;
  const judges = viewer !== null && isModerator(viewer.roles);
  const guest = proof ? 'asked guest' : 'guest';
  const reader: Reader = judges ? 'moderator' : viewer ? 'member' : guests ? guest : 'reader';
  const absent = [
    ...[...OF_SOME_PAGES].flatMap(([key, told]) => (page[told] === undefined ? [key] : [])),
    // Another order is another page.
    ...COMMENT_SORTS.flatMap((sort) => (sort === page.sort ? [] : [`thread.${sort}Means`])),
  ];
  const ofLanguage = chosen.get(messages) ?? new Map<string, Messages>();
  const kind = [reader, ...absent].join();
  const known = ofLanguage.get(kind);
  if (known !== undefined) return known;
  const isRead = (key: string): boolean =>
    (IN_BROWSER.test(key) && (reader === guest || !FOR_GUESTS.test(key))) ||
    (reader === 'asked guest' && FOR_ASKED.test(key)) ||
    (viewer !== null && (FOR_SIGNED_IN.test(key) || (judges ? FOR_MODERATORS : FOR_MEMBERS).test(key)));
  const found = encodedOnce(
    Object.fromEntries(
      Object.entries(messages).filter(
        ([key]) =>
          isRead(key) &&
          !NOT_IN_BROWSER.test(key) &&
          !(reader === 'reader' && NOT_FOR_READERS.test(key)) &&
          !absent.includes(key),
      ),
    ),
  );
  chosen.set(messages, ofLanguage.set(kind, found));
  return found;
}

function sparse({
  bodyHtml: _html,
  body: _body,
  delivery: _delivery,
  postId: _post,
  replyCount: _count,
  ...rest
}: ShownComment): SparseComment {
  return rest;
}

export function threadData(given: {
  readonly context: ThreadContext;
  readonly thread: ThreadProps;
  readonly position: string;
  readonly total: number;
  readonly messages: Messages;
}): ThreadPageData {
  const { page, discussion, refused, translated } = given.context;
  const { comments, count, newId, state, place } = given.thread;
  const languageNames = namesForBrowser(page);
  return {
    page,
    discussion,
    openForm: state.openForm,
    refused,
    ownReactions: state.ownReactions,
    bookmarks: [...state.bookmarks],
    unread: [...state.unread],
    ignored: [...state.ignored],
    folds: state.folds,
    beyond: state.beyond,
    place,
    ...(translated !== undefined && { translated }),
    comments: comments.map(sparse),
    count,
    total: given.total,
    newId,
    position: given.position,
    messages: messagesForBrowser(given.messages, page),
    ...(languageNames !== undefined && { languageNames }),
  };
}
