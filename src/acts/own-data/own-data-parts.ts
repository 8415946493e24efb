import { escapedHtml, isRecord } from '../../../libs/kernel/index.ts';
import { LOCALES } from '../../../libs/words/index.ts';
import type { OwnSectionName } from '../../views/own-data/own-data.query-types.ts';
import { entryHtml } from './own-data-page.ts';
import { type DataWordKey, isWordKey, type PackOptions } from './words.ts';

type Entry = Readonly<Record<string, unknown>>;

/** Makes a part of the page of its entries, one after the other. */
export interface PagePart {
  /** What is shown of an entry at its place. */
  readonly add: (entry: Entry) => string;
  /** What is shown once all are known. */
  readonly end: () => string;
}

/** The part of the page for a kind of entries; those without a form of their own are shown as they are kept. */
export function partOf(name: OwnSectionName, options: PackOptions): PagePart {
  switch (name) {
    case 'account':
      return profilePart(options);
    case 'inbox':
      return settingsPart(options);
    case 'comments':
      return { add: (entry) => commentHtml(entry, options), end: () => '' };
    case 'reactions':
      return { add: (entry) => reactionHtml(entry, options), end: () => '' };
    case 'sanctions':
      return { add: (entry) => sanctionHtml(entry, options), end: () => '' };
    case 'notifications':
      return { add: (entry) => notificationHtml(entry, options), end: () => '' };
    case 'translations':
      return { add: (entry) => translationHtml(entry, options), end: () => '' };
    case 'drafts':
      return { add: (entry) => draftHtml(entry, options), end: () => '' };
    case 'posts':
      return { add: (entry) => postHtml(entry, options), end: () => '' };
    default:
      return recordsPart(options);
  }
}

/** Everything folded away, since only its maker reads it with pleasure; nothing of it is kept in memory. */
function recordsPart(options: PackOptions): PagePart {
  let isOpen = false;
  return {
    add: (entry) => {
      const head = isOpen ? '' : `<details><summary>${escapedHtml(options.words.t('raw'))}</summary>`;
      isOpen = true;
      return head + entryHtml(entry, options);
    },
    end: () => (isOpen ? '</details>' : ''),
  };
}

function postHtml(entry: Entry, options: PackOptions): string {
  const title = titleHtml({ post: entry['title'] }, null, options);
  return article([title, textHtml({ at: entry['at'], text: textIn(entry, 'body') }, options)]);
}

/** A comment by its newest text, under the title of its post, which leads to it in the forum. */
function commentHtml(entry: Entry, options: PackOptions): string {
  const { words } = options;
  const texts = recordsIn(entry['texts']);
  const newest = texts.at(-1);
  const status = wordFor(`status.${textIn(entry, 'status')}`, options);
  const earlier = texts
    .slice(0, -1)
    .toReversed()
    .map((text) => textHtml(text, options));
  const decisions = recordsIn(entry['decisions']).map((decision) => `<li>${decisionHtml(decision, options)}</li>`);
  return article([
    titleHtml(entry, `/comments/${textIn(entry, 'id')}`, options),
    newest === undefined ? '' : textHtml({ ...newest, at: texts[0]?.['at'] }, options),
    status === null ? '' : `<p class="status">${status}</p>`,
    foldHtml(words.t('earlier'), earlier.join('')),
    foldHtml(words.t('decisions'), decisions.length === 0 ? '' : `<ul>${decisions.join('')}</ul>`),
  ]);
}

function decisionHtml(decision: Entry, options: PackOptions): string {
  const action = textIn(decision, 'action');
  const said = wordFor(`decision.${action}`, options) ?? wordFor(`status.${STATUS_OF[action] ?? ''}`, options);
  const reason = reasonHtml(decision, options);
  return `${said ?? escapedHtml(action)}${reason === '' ? '' : `: ${reason}`} ${timeHtml(decision['at'], options)}`;
}

const STATUS_OF: Readonly<Record<string, string>> = { hold: 'held', reject: 'rejected', remove: 'removed' };

function reactionHtml(entry: Entry, options: PackOptions): string {
  const kind = wordFor(`reaction.${textIn(entry, 'kind')}`, options) ?? escapedHtml(textIn(entry, 'kind'));
  const title = titleHtml(entry, textIn(entry, 'path'), options);
  return article([title, `<p>${kind} ${timeHtml(entry['at'], options)}</p>`]);
}

function notificationHtml(entry: Entry, options: PackOptions): string {
  const kind = wordFor(`kind.${textIn(entry, 'kind')}`, options) ?? escapedHtml(textIn(entry, 'kind'));
  const title = entry['postId'] === null ? '' : titleHtml(entry, textIn(entry, 'path') || null, options);
  return article([title, `<p>${kind} ${timeHtml(entry['at'], options)}</p>`]);
}

function draftHtml(entry: Entry, options: PackOptions): string {
  return article([titleHtml(entry, null, options), textHtml({ at: entry['at'], text: entry['body'] }, options)]);
}

/** A text of a translation, or that it is gone: for which reason, and with which words of the moderator. */
function translationHtml(entry: Entry, options: PackOptions): string {
  const text = textHtml({ at: entry['at'], text: entry['body'] }, options);
  return article([titleHtml(entry, null, options), text, ...whyHtml(entry, textIn(entry, 'statement'), options)]);
}

/** The reason of what staff did, and what was said about it; nothing of either that is empty. */
function whyHtml(entry: Entry, said: string, options: PackOptions): readonly string[] {
  const reason = reasonHtml(entry, options);
  return [
    reason === '' ? '' : `<p>${escapedHtml(options.words.t('reason'))}: ${reason}</p>`,
    said === '' ? '' : `<div class="text" dir="auto">${escapedHtml(said)}</div>`,
  ];
}

/** What happened to a member, and what was said about it. */
function sanctionHtml(entry: Entry, options: PackOptions): string {
  const { words, moments } = options;
  const kind = wordFor(`sanction.${textIn(entry, 'kind')}`, options) ?? '';
  const done = SANCTION_WORDS[textIn(entry, 'what').replace(/\.v\d+$/u, '')];
  const until = textIn(entry, 'until');
  const said = ['statement', 'text', 'answer'].map((name) => textIn(entry, name)).find((text) => text !== '');
  return article([
    `<h3>${[kind, done === undefined ? '' : escapedHtml(words.t(done))].filter((part) => part !== '').join(' · ')}</h3>`,
    `<p class="at">${timeHtml(entry['at'], options)}</p>`,
    until === '' ? '' : `<p>${escapedHtml(words.t('until', { at: moments.format(new Date(until)) }))}</p>`,
    ...whyHtml(entry, said ?? '', options),
  ]);
}

const SANCTION_WORDS: Readonly<Record<string, DataWordKey>> = {
  SanctionLifted: 'lifted',
  WarningAcknowledged: 'acknowledged',
  SanctionAppealed: 'appealed',
  AppealDecided: 'answered',
};

/** Who the member is now, then every record. */
function profilePart(options: PackOptions): PagePart {
  const { words, moments } = options;
  const now = new Map<string, unknown>();
  const records: string[] = [];
  let since: unknown;
  const rows = (): readonly (readonly [DataWordKey, string])[] => [
    ['field.displayName', textOf(now.get('displayName'))],
    ['field.handle', `@${options.handle}`],
    ['field.email', textOf(now.get('email'))],
    ['field.locale', localeName(textOf(now.get('locale')))],
    [
      'field.roles',
      listOf(now.get('roles'))
        .map((role) => wordFor(`role.${role}`, options) ?? role)
        .join(', '),
    ],
  ];
  return {
    add: (entry) => {
      if (records.length === 0) since = entry['at'];
      for (const name of ['displayName', 'email', 'locale', 'roles'])
        if (entry[name] != null) now.set(name, entry[name]);
      records.push(entryHtml(entry, options));
      return '';
    },
    end: () => {
      if (records.length === 0) return '';
      const date = typeof since === 'string' ? moments.format(new Date(since)) : '';
      const profile = `<h3>${escapedHtml(words.t('profile'))}</h3>${rowsHtml(rows(), options)}`;
      return `${article([profile, `<p>${escapedHtml(words.t('since', { date }))}</p>`])}${rawHtml(records, options)}`;
    },
  };
}

/** By choice, or by commenting, which has no event of its own. */
const FOLLOWS = /^(DiscussionFollowed\.|FollowsByCommenting$)/u;

/** What the member chose, in words, then every record. */
function settingsPart(options: PackOptions): PagePart {
  const { words } = options;
  const followed = new Map<string, string>();
  const records: string[] = [];
  let [muted, ignored]: [readonly string[], number] = [[], 0];
  let ways: Entry | null = null;
  return {
    add: (entry) => {
      const [what, postId] = [textIn(entry, 'what'), textIn(entry, 'postId')];
      const titles = listOf(entry['posts']);
      if (FOLLOWS.test(what)) followed.set(postId, titles[0] ?? '');
      if (what.startsWith('DiscussionUnfollowed.')) followed.delete(postId);
      if (what.startsWith('MutesChanged.')) muted = titles;
      if (what.startsWith('IgnoresChanged.')) ignored = listOf(entry['ignored']).length;
      if (isRecord(entry['ways'])) ways = entry['ways'];
      records.push(entryHtml(entry, options));
      return '';
    },
    end: () => {
      if (records.length === 0) return '';
      const lists = [
        listHtml(words.t('followed'), [...followed.values()]),
        listHtml(words.t('muted'), muted),
        ignored === 0 ? '' : `<p>${escapedHtml(words.t('ignored'))}: ${ignored}</p>`,
        ways === null ? '' : waysHtml(ways, options),
      ];
      return `${article(lists)}${rawHtml(records, options)}`;
    },
  };
}

function waysHtml(ways: Entry, options: PackOptions): string {
  const { words } = options;
  const rows = Object.entries(ways).flatMap(([kind, on]) => {
    const key = `kind.${kind}`;
    const said = listOf(on).map((way) => wordFor(`way.${way}`, options) ?? way);
    return isWordKey(key) ? [[key, said.length === 0 ? words.t('nothing') : said.join(', ')] as const] : [];
  });
  return `<h3>${escapedHtml(words.t('told'))}</h3>${rowsHtml(rows, options)}`;
}

function rowsHtml(rows: readonly (readonly [DataWordKey, string])[], { words }: PackOptions): string {
  const told = rows.filter(([, value]) => value !== '');
  const cells = told.map(
    ([name, value]) => `<dt>${escapedHtml(words.t(name))}</dt><dd dir="auto">${escapedHtml(value)}</dd>`,
  );
  return `<dl>${cells.join('')}</dl>`;
}

function listHtml(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return `<h3>${escapedHtml(title)}</h3><ul>${items.map((item) => `<li dir="auto">${escapedHtml(item)}</li>`).join('')}</ul>`;
}

function rawHtml(records: readonly string[], { words }: PackOptions): string {
  return foldHtml(words.t('raw'), records.join(''));
}

function foldHtml(title: string, html: string): string {
  return html === '' ? '' : `<details><summary>${escapedHtml(title)}</summary>${html}</details>`;
}

function article(parts: readonly string[]): string {
  return `<article>${parts.join('')}</article>\n`;
}

/** The title of the post, with a link into the forum where there is a place. */
function titleHtml(entry: Entry, path: string | null, { words, address }: PackOptions): string {
  const post = textIn(entry, 'post');
  const title = escapedHtml(post === '' ? words.t('somewhere') : post);
  return `<h3 dir="auto">${path === null ? title : `<a href="${escapedHtml(address + path)}">${title}</a>`}</h3>`;
}

/** A text with its date; one whose key is destroyed says so. */
function textHtml({ at, text }: Entry, options: PackOptions): string {
  const said = typeof text === 'string' ? escapedHtml(text) : `<em>${escapedHtml(options.words.t('gone'))}</em>`;
  return `<p class="at">${timeHtml(at, options)}</p><div class="text" dir="auto">${said}</div>`;
}

function reasonHtml(entry: Entry, options: PackOptions): string {
  const reason = textIn(entry, 'reason');
  return wordFor(`reason.${reason}`, options) ?? escapedHtml(reason);
}

export function timeHtml(at: unknown, { moments }: PackOptions): string {
  if (typeof at !== 'string') return '';
  return `<time datetime="${escapedHtml(at)}">${escapedHtml(moments.format(new Date(at)))}</time>`;
}

/** Escaped; null where there is no such word. */
function wordFor(key: string, { words }: PackOptions): string | null {
  return isWordKey(key) ? escapedHtml(words.t(key)) : null;
}

function localeName(locale: string): string {
  return Object.entries(LOCALES).find(([code]) => code === locale)?.[1] ?? locale;
}

function textIn(entry: Entry, name: string): string {
  return textOf(entry[name]);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function recordsIn(value: unknown): readonly Entry[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
