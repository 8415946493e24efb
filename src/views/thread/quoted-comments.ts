import { plainTextOf } from '../../../libs/markdown/index.ts';
import { statement, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { composed, REACTION_KINDS } from '../../../libs/words/index.ts';
import { answering } from '../answering.ts';
import { idBytes, idText } from '../ids.ts';
import { quotableAmong } from '../members/door/quotable.ts';
import { CommentPresenter } from './door/comment-presenter.ts';
import { type ReadableComment, readableComment } from './door/readable.ts';
import { type Quoted, quotesOfComments } from './quotes-of-comments.ts';
import { FindUnsendableQuotes, ListDiscussedComments, type UnsendableQuote } from './thread.query-types.ts';
import { STATUS } from './thread.schema.ts';

/** The answered and reacted-to comments that are looked at, the newest first: so that a forum of any size is asked quickly. */
const MOST_LOOKED_AT = 100_000;
/** The comments of the period that are asked for their authors' permission, the most discussed first. */
const MOST_ASKED = 20_000;
/** The quotes of one post that are looked at; a post with more is not sent. */
const MOST_QUOTES = 200;

const weight = `replies + ${REACTION_KINDS.map((kind) => `r_${kind}`).join(' + ')}`;
const discussed = statement<{ readonly id: Buffer; readonly author: Buffer }>(`
  SELECT c.id, author.id AS author FROM (
    SELECT n, ${weight} AS weight FROM tally ORDER BY n DESC LIMIT ${MOST_LOOKED_AT}
  ) looked JOIN comment c ON c.n = looked.n JOIN post ON post.n = c.post JOIN author ON author.n = c.author
  WHERE looked.weight > 0 AND c.created_at >= @from AND c.created_at < @until
    AND c.status = ${STATUS.visible} AND c.shadow = 0 AND post.withdrawn = 0 AND post.publish_at <= @now
  ORDER BY looked.weight DESC, c.n LIMIT ${MOST_ASKED}`);

export const quotedCommentsQueries = [
  answering(
    ListDiscussedComments,
    { views: VIEWS, presenter: CommentPresenter },
    ({ from, until, limit }, { views, presenter }) => {
      const now = Date.now();
      const found = discussed(views.db('thread')).all({ from, until, now });
      const allowed = quotableAmong(
        views,
        found.map(({ author }) => author),
      );
      const taken = found.filter(({ author }) => allowed.has(idText(author))).slice(0, limit);
      const rows = taken.flatMap(({ id }) => readableComment(views, id, now) ?? []);
      return presenter.present(rows, { sees: 'reader' });
    },
  ),
  answering(
    FindUnsendableQuotes,
    { views: VIEWS, presenter: CommentPresenter },
    async ({ body }, { views, presenter }) => {
      const quotes = quotesOfComments(body);
      const comments = readableAmong(views, quotes);
      const texts = await presenter.present([...comments.values()], { sees: 'reader' });
      const bodies = new Map(texts.map((comment) => [comment.id, comment.body]));
      const allowed = quotableAmong(
        views,
        [...comments.values()].flatMap(({ author }) => author ?? []),
      );
      return quotes.flatMap((quote, index) => {
        const why = index < MOST_QUOTES ? whyUnsendable(quote, { comments, allowed, bodies }) : 'gone';
        return why === null ? [] : [{ ...quote, why }];
      });
    },
  ),
];

/** By id, those that everybody can read now. */
function readableAmong(views: Pick<Views, 'db'>, quotes: readonly Quoted[]): ReadonlyMap<string, ReadableComment> {
  const ids = new Set(quotes.slice(0, MOST_QUOTES).flatMap(({ commentIds }) => commentIds));
  const now = Date.now();
  return new Map(
    [...ids].flatMap((id) => {
      const row = readableComment(views, idBytes(id), now);
      return row === undefined ? [] : [[id, row] as const];
    }),
  );
}

/** What is known of the quoted comments: those that can be read, their quotable authors, and their texts. */
interface Known {
  readonly comments: ReadonlyMap<string, ReadableComment>;
  readonly allowed: ReadonlySet<string>;
  readonly bodies: ReadonlyMap<string, string | null>;
}

/** Null for a quote that may be sent. */
function whyUnsendable(
  { commentIds, said }: Quoted,
  { comments, allowed, bodies }: Known,
): UnsendableQuote['why'] | null {
  const texts = commentIds.map((id) => bodies.get(id));
  if (!texts.every((text) => typeof text === 'string')) return 'gone';
  const authors = commentIds.map((id) => comments.get(id)?.author ?? null);
  if (!authors.every((author) => author !== null && allowed.has(idText(author)))) return 'not-allowed';
  const written = texts.map(wordsIn).join('\n');
  return said.flatMap((words) => words.split('…')).every((words) => written.includes(lettersOf(words)))
    ? null
    : 'changed';
}

/** As the quote may have taken it: as it is written, and as it is read. */
function wordsIn(text: string): string {
  return [text, plainTextOf(text), plainTextOf(text, 'told')].map(lettersOf).join('\n');
}

/** Letters and digits alone, so that neither marks nor spaces make a difference. */
function lettersOf(text: string): string {
  return composed(text)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '');
}
