import { answeringMore, highlighted, parseSearch, type Search, tooShortEnd } from '../../../../libs/search/index.ts';
import { readData } from '../../shell/browser/page-data.ts';
import { languageOf } from '../../shell/i18n/language-of.ts';
import { namesNobody, needsQuotes } from '../../shell/named-author.ts';
import { unescaped } from '../../shell/without-tags.ts';
import type { SearchData } from '../page-data.ts';
import type { ShelvedText } from '../shards.ts';
import { type FoundSoFar, further, isMore, isNothing, MOST_SHOWN, searchFor, unknownAuthors } from './look-up.ts';
import { take } from './take.ts';

/** How long the typing rests before it is looked for, in milliseconds. */
const REST = 200;

interface Parts {
  readonly form: HTMLFormElement;
  readonly field: HTMLInputElement;
  readonly heading: HTMLElement;
  readonly told: HTMLElement;
  readonly list: HTMLElement;
  readonly more: HTMLButtonElement;
}

/** Each file is taken once. */
const taken = new Map<string, Promise<unknown>>();
function takeOnce(file: string): Promise<unknown> {
  const known = taken.get(file) ?? take(file);
  taken.set(file, known);
  return known;
}

function toldOf(found: FoundSoFar, words: SearchData['words']): string {
  if (!isMore(found)) return found.shown > MOST_SHOWN ? countedIn(words.shown, found) : '';
  return countedIn(found.older.length > 0 ? words.shownNewest : words.shown, found);
}

function countedIn(words: string, { shown, texts }: FoundSoFar): string {
  return words.replace('{shown}', String(shown)).replace('{count}', String(texts.length));
}

function start({ form, field, heading, told, list, more }: Parts, { starts, words }: SearchData): void {
  const shelves = { starts, take: takeOnce };
  let round = 0;
  let found: FoundSoFar | null = null;
  const show = (next: FoundSoFar | null, none: string): void => {
    const items = next?.texts.slice(found?.shown ?? 0, next.shown).map((text) => item(text, next.search, words)) ?? [];
    if (found === null) list.replaceChildren(...items);
    else list.append(...items);
    const isNone = next === null || isNothing(next);
    told.textContent = isNone ? none : toldOf(next, words);
    told.className = isNone ? 'empty' : 'hint';
    more.hidden = next === null || !isMore(next);
    found = next;
  };
  const look = async (): Promise<void> => {
    round += 1;
    const own = round;
    // The address keeps the words, so that a way back from a result finds them again.
    history.replaceState(null, '', `#${encodeURIComponent(field.value.toWellFormed())}`);
    heading.classList.toggle('visually-hidden', field.value.trim() === '');
    const search = searchIn(field.value);
    if (field.value.trim() === '' || search === null) {
      found = null;
      show(null, field.value.trim() === '' ? '' : whyNot(field.value, words));
      return;
    }
    const asked = field.value;
    const next = await searchFor(search, shelves);
    const unknown = isNothing(next) ? await unknownAuthors(search, shelves) : [];
    if (own !== round) return;
    found = null;
    show(next, noneOf({ asked, unknown }, words));
  };
  const goOn = async (): Promise<void> => {
    const [own, before] = [round, found];
    if (before === null) return;
    const next = await further(before, shelves);
    if (own !== round || found !== before) return;
    show(next, '');
    const first = list.children[before.shown]?.querySelector('a');
    if (first) first.focus();
    else if (more.hidden) field.focus();
  };
  more.addEventListener('click', () => void goOn());
  let rest: number | undefined;
  field.addEventListener('input', () => {
    clearTimeout(rest);
    rest = window.setTimeout(() => void look(), REST);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(rest);
    void look().then(() => heading.focus());
  });
  form.hidden = false;
  field.value = wordsOfAddress();
  if (field.value !== '') void look();
}

function whyNot(asked: string, words: SearchData['words']): string {
  return namesNobody(asked) ? words.nobodyNamed : words.cannot;
}

function noneOf(
  { asked, unknown }: { readonly asked: string; readonly unknown: readonly string[] },
  words: SearchData['words'],
): string {
  if (unknown.length > 0) {
    const nobody = unknown.map((name) => words.nobody.replace('{name}', () => name));
    return [...nobody, ...(needsQuotes(asked) ? [words.quoteNames] : [])].join(' ');
  }
  if (needsQuotes(asked)) return `${words.none} ${words.quoteNames}`;
  const short = tooShortEnd(asked);
  return short === null ? words.none : words.short.replace('{word}', () => short);
}

function wordsOfAddress(): string {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}

/** Null for what cannot be looked for. The last word may always go on, so that what was shown as one typed stays. */
function searchIn(words: string): Search | null {
  try {
    return parseSearch(words, { isTyping: true });
  } catch {
    return null;
  }
}

const KINDS = { p: 'post', c: 'comment', t: 'translation' } as const;

function item(
  [kind, href, title, name, , day, text, language, locale, site = '', excerpt = '']: ShelvedText,
  search: Search,
  words: SearchData['words'],
): Element {
  const article = element('article');
  const by = element('p', 'found-by');
  // A page of another site has no author here; of what was written on one, the site is told beside.
  const isPage = kind === 'p' && site !== '';
  if (!isPage) by.append(element('bdi', '', name === '' ? words.nameless : name), ' ');
  const what = isPage ? words.pageOf.replace('{site}', () => site) : words[KINDS[kind]];
  by.append(element('span', 'badge', what), ' ', element('span', '', day));
  if (!isPage && site !== '') by.append(' ', element('bdi', 'hint', site));
  const heading = element('h3');
  const link = element('a');
  link.setAttribute('href', href);
  link.append(kind === 'p' ? marked('bdi', highlighted(title, search), locale) : titled('bdi', title, locale));
  heading.append(link);
  const html = answeringMore(highlighted(text, search), highlighted(excerpt, search));
  const found = marked('p', html, language || languageOf(text, locale));
  found.className = 'text found-words';
  found.setAttribute('dir', 'auto');
  article.append(by, heading, found);
  const place = element('li');
  place.append(article);
  return place;
}

/** A text with its language. */
function titled(name: string, text: string, language: string | undefined): HTMLElement {
  const made = element(name, '', text);
  if (language !== undefined) made.lang = language;
  return made;
}

/** What was found in a text, marked: every other piece of this safe HTML is. */
function marked(name: string, html: string, language: string | undefined): HTMLElement {
  const made = titled(name, '', language);
  const pieces = html.split(/<\/?mark>/);
  made.replaceChildren(
    ...pieces.map((piece, at) => (at % 2 === 0 ? unescaped(piece) : element('mark', '', unescaped(piece)))),
  );
  return made;
}

function element(name: string, className = '', text = ''): HTMLElement {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  if (text !== '') made.textContent = text;
  return made;
}

const data = readData<SearchData>('page-data');
const form = document.querySelector<HTMLFormElement>('#search');
const field = document.querySelector<HTMLInputElement>('#search-words');
const [heading, told, list] = ['found-words', 'found-told', 'found-list'].map((id) => document.getElementById(id));
const more = document.querySelector<HTMLButtonElement>('#found-more');
if (data && form && field && heading && told && list && more) start({ form, field, heading, told, list, more }, data);
