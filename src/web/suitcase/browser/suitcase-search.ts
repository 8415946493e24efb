import { endsTooShort, highlighted, parseSearch, type Search } from '../../../../libs/search/index.ts';
import { readData } from '../../shell/browser/page-data.ts';
import { languageOf } from '../../shell/i18n/language-of.ts';
import { unescaped } from '../../shell/without-tags.ts';
import type { SearchData } from '../page-data.ts';
import type { ShelvedText } from '../shards.ts';
import { lookUp } from './look-up.ts';
import { take } from './take.ts';

/** Results on the page. */
const MOST_SHOWN = 100;
/** How long the typing rests before it is looked for, in milliseconds. */
const REST = 200;

interface Parts {
  readonly form: HTMLFormElement;
  readonly field: HTMLInputElement;
  readonly told: HTMLElement;
  readonly list: HTMLElement;
}

/** Each file is taken once. */
const taken = new Map<string, Promise<unknown>>();
function takeOnce(file: string): Promise<unknown> {
  const known = taken.get(file) ?? take(file);
  taken.set(file, known);
  return known;
}

function start({ form, field, told, list }: Parts, { starts, words }: SearchData): void {
  let round = 0;
  const look = async (): Promise<void> => {
    round += 1;
    const own = round;
    // The address keeps the words, so that a way back from a result finds them again.
    history.replaceState(null, '', `#${encodeURIComponent(field.value.toWellFormed())}`);
    const search = searchIn(field.value);
    if (field.value.trim() === '' || search === null) {
      list.replaceChildren();
      told.textContent = field.value.trim() === '' ? '' : words.cannot;
      return;
    }
    const found = await lookUp(search, { starts, take: takeOnce });
    if (own !== round) return;
    list.replaceChildren(...found.slice(0, MOST_SHOWN).map((text) => item(text, search, words)));
    told.textContent = found.length > 0 ? '' : endsTooShort(field.value) ? words.short : words.none;
  };
  let rest: number | undefined;
  field.addEventListener('input', () => {
    clearTimeout(rest);
    rest = window.setTimeout(() => void look(), REST);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(rest);
    void look();
  });
  form.hidden = false;
  field.value = wordsOfAddress();
  if (field.value !== '') void look();
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

function item(
  [kind, href, title, name, , day, text, language, locale]: ShelvedText,
  search: Search,
  words: SearchData['words'],
): Element {
  const article = element('article');
  const by = element('p', 'found-by');
  const who = element('bdi', '', name === '' ? words.nameless : name);
  by.append(
    who,
    ' ',
    element('span', 'badge', kind === 'p' ? words.post : words.comment),
    ' ',
    element('span', '', day),
  );
  const heading = element('h3');
  const link = element('a');
  link.setAttribute('href', href);
  link.append(kind === 'p' ? marked('bdi', title, { search, language: locale }) : titled('bdi', title, locale));
  heading.append(link);
  const found = marked('p', text, { search, language: language || languageOf(text, locale) });
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

/** What was found in a text, marked: in the safe HTML of `highlighted` every other piece is. */
function marked(
  name: string,
  text: string,
  { search, language }: { readonly search: Search; readonly language: string | undefined },
): HTMLElement {
  const made = titled(name, text, language);
  const pieces = highlighted(text, search).split(/<\/?mark>/);
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
const [told, list] = [document.getElementById('found-told'), document.getElementById('found-list')];
if (data && form && field && told && list) start({ form, field, told, list }, data);
