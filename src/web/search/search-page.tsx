import type { FoundText, Page } from '../../../libs/client/index.ts';
import type { UnknownNames } from '../../views/search/search.query-types.ts';
import { postHref } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import type { Frame } from '../shell/frame.ts';
import { languageOf } from '../shell/i18n/language-of.ts';
import { SearchWords } from '../shell/search-words.tsx';
import type { TranslatedTitle, TranslatedTitles } from '../shell/translated-titles.ts';
import { zoneLabel } from '../shell/zones.ts';
import { FoundBy } from './found-by.tsx';
import { FiltersInForce, FiltersLine, NotSearched, whyNone, whyNot } from './none-found.tsx';
import { FOUND_HEADING, foundHref, isNarrowed, searchHref, type TypedSearch } from './search-wish.ts';

interface SearchPageProps {
  readonly frame: Frame;
  readonly typed: TypedSearch;
  /** Null where nothing was looked for yet, and where nothing can be: `cannot` says so. */
  readonly found: Page<FoundText> | null;
  readonly cannot: boolean;
  /** How much of the index is built, in percent; null where there is one. */
  readonly built: number | null;
  /** The members whose words this reader has folded. */
  readonly ignored: ReadonlySet<string>;
  readonly titles: TranslatedTitles;
  readonly isFirst: boolean;
  /** How many results the pages before have; zero where that is not known. */
  readonly before: number;
  /** Told where nothing was found. */
  readonly unknown: UnknownNames;
}

/** Posts and comments by their words: a form that works without a script; with one, what is found comes as one types. */
export function SearchPage(props: SearchPageProps) {
  const { frame, typed } = props;
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={typed.q === '' ? t('search.title') : t('search.titleOf', { words: typed.q })}>
      <h1>{t('search.title')}</h1>
      <SearchForm frame={frame} typed={typed} />
      <section id="found" aria-labelledby={FOUND_HEADING}>
        <Found {...props} />
      </section>
    </Document>
  );
}

function SearchForm({ frame, typed }: Pick<SearchPageProps, 'frame' | 'typed'>) {
  const { t, timeZone } = frame.translator;
  const zone = zoneLabel(timeZone, frame.now);
  return (
    <search>
      <form class="search-form" method="get" action={`/search#${FOUND_HEADING}`} data-late={frame.asset('search.js')}>
        <SearchWords translator={frame.translator} typed={typed.q} />
        <details open={typed.q === '' && isNarrowed(typed)}>
          <FiltersLine typed={typed} translator={frame.translator} />
          <div class="search-filters">
            <Choice frame={frame} name="in" label="search.in" chosen={typed.in} of={WHERE} />
            <Choice frame={frame} name="sort" label="search.sort" chosen={typed.sort} of={ORDERS} />
            <Field label={t('search.author')} name="author" value={typed.author} />
            <Field label={t('search.tag')} name="tag" value={typed.tag} />
            <Field label={`${t('search.from')} (${zone})`} name="from" value={typed.from} isDay />
            <Field label={`${t('search.to')} (${zone})`} name="to" value={typed.to} isDay />
          </div>
        </details>
        {typed.post !== '' && <input type="hidden" name="post" value={typed.post} />}
      </form>
    </search>
  );
}

const WHERE = [
  ['', 'search.inAll'],
  ['posts', 'search.inPosts'],
  ['comments', 'search.inComments'],
] as const;
const ORDERS = [
  ['relevance', 'search.relevance'],
  ['newest', 'search.newest'],
] as const;

interface ChoiceProps {
  readonly frame: Frame;
  readonly name: string;
  readonly label: 'search.in' | 'search.sort';
  readonly chosen: string;
  readonly of: typeof WHERE | typeof ORDERS;
}

function Choice({ frame: { translator }, name, label, chosen, of }: ChoiceProps) {
  return (
    <p>
      <label for={`search-${name}`}>{translator.t(label)}</label>
      <select id={`search-${name}`} name={name}>
        {of.map(([value, words]) => (
          <option key={value} value={value} selected={value === chosen}>
            {translator.t(words)}
          </option>
        ))}
      </select>
    </p>
  );
}

function Field({ label, name, value, isDay = false }: { label: string; name: string; value: string; isDay?: boolean }) {
  const id = `search-${name}`;
  return (
    <p>
      <label for={id}>{label}</label>
      {isDay ? (
        <input id={id} type="date" name={name} value={value} />
      ) : (
        <input id={id} type="text" name={name} value={value} maxLength={200} dir="auto" />
      )}
    </p>
  );
}

function Found(props: SearchPageProps) {
  const { frame, typed, found, titles, built, ignored, isFirst, before, unknown } = props;
  const { t } = frame.translator;
  if (built !== null) return <BeingBuilt frame={frame} typed={typed} built={built} />;
  return (
    <>
      <FoundHeading frame={frame} typed={typed} />
      <Told {...props} />
      {!isFirst && (
        <p>
          <a href={foundHref(typed, null)}>{t('search.first')}</a>
        </p>
      )}
      {found?.items.length === 0 && found.next !== null && <p class="empty">{t('search.noneYet')}</p>}
      {isNone(found) && isFirst && (
        <>
          <FiltersInForce frame={frame} typed={typed} />
          <NotSearched typed={typed} unknown={unknown} translator={frame.translator} />
        </>
      )}
      <ol class="found">
        {found?.items.map((item) => (
          <li key={item.id}>
            <Item
              item={item}
              frame={frame}
              isIgnored={ignored.has(item.author?.id ?? '')}
              translated={titles.get(item.post.id)}
            />
          </li>
        ))}
      </ol>
      {found?.next && (
        <p>
          <a
            class="button quiet"
            rel="next"
            href={foundHref(typed, { cursor: found.next, before: before + found.items.length })}
          >
            {t('search.next')}
          </a>
        </p>
      )}
    </>
  );
}

/** In sight as long as something is looked for: what came into sight with the focus alone would move what is clicked below it. */
function FoundHeading({ frame, typed }: Pick<SearchPageProps, 'frame' | 'typed'>) {
  return (
    <h2 id={FOUND_HEADING} class={typed.q === '' ? 'visually-hidden' : undefined} tabIndex={-1}>
      {frame.translator.t('search.found')}
    </h2>
  );
}

function isNone(found: SearchPageProps['found']): boolean {
  return found !== null && found.items.length === 0 && found.next === null;
}

/** How many are on the page, or why none. */
function Told({ frame, typed, found, cannot, isFirst, before, unknown }: SearchPageProps) {
  const { t } = frame.translator;
  if (cannot || isNone(found)) {
    const none = isFirst ? whyNone(typed, unknown, frame.translator) : t('search.noMore');
    return (
      <p role="status" class="empty">
        {cannot ? whyNot(typed, frame.translator) : none}
      </p>
    );
  }
  const count = found?.items.length ?? 0;
  const shown =
    before > 0 ? t('search.range', { from: before + 1, to: before + count, count }) : t('search.shown', { count });
  return (
    <p role="status" class="hint">
      {count > 0 && shown}
    </p>
  );
}

/** What to do meanwhile. */
function BeingBuilt({ frame, typed, built }: Pick<SearchPageProps, 'frame' | 'typed'> & { readonly built: number }) {
  const { t } = frame.translator;
  return (
    <>
      <FoundHeading frame={frame} typed={typed} />
      <p role="status" class="empty">
        {t('search.beingBuilt', { percent: built })}
      </p>
      <div class="buttons">
        <a class="button" href={searchHref(typed, null)}>
          {t('error.again')}
        </a>
        <a class="button quiet" href="/archive">
          {t('nav.archive')}
        </a>
      </div>
    </>
  );
}

interface ItemProps {
  readonly item: FoundText;
  readonly frame: Frame;
  readonly isIgnored: boolean;
  readonly translated: TranslatedTitle | undefined;
}

/** A title in which words were found stands beside its translation, so that its reader sees why it is here. */
function Item({ item, frame, isIgnored, translated }: ItemProps) {
  const { kind, id, post, titleHtml } = item;
  const original = <bdi lang={post.locale} dangerouslySetInnerHTML={{ __html: titleHtml }} />;
  const other = translated && <bdi lang={translated.language}>{translated.title}</bdi>;
  const isInstead = other !== undefined && frame.translationsShown === 'instead';
  const second = isInstead ? titleHtml.includes('<mark>') && original : other;
  return (
    <article aria-labelledby={`found-${id}`}>
      <FoundBy item={item} translator={frame.translator} now={frame.now} />
      <h3 id={`found-${id}`}>
        <a href={kind === 'post' ? postHref(post) : `/comments/${id}`}>{isInstead ? other : original}</a>
      </h3>
      {second && <p class="post-meta">{second}</p>}
      <Words item={item} frame={frame} isIgnored={isIgnored} />
    </article>
  );
}

function Words({
  item: { highlightHtml, author, language, post },
  frame,
  isIgnored,
}: {
  item: FoundText;
  frame: Frame;
  isIgnored: boolean;
}) {
  const { t } = frame.translator;
  if (highlightHtml === '') return null;
  const words = (
    <p
      class="text found-words"
      dir="auto"
      lang={language ?? languageOf(highlightHtml, post.locale)}
      dangerouslySetInnerHTML={{ __html: highlightHtml }}
    />
  );
  if (!isIgnored) return words;
  return (
    <details class="ignored">
      <summary dir="auto">{t('comment.ignored', { name: author?.displayName ?? t('comment.nameless') })}</summary>
      {words}
    </details>
  );
}
