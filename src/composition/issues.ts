import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { absoluteHtml } from '../../libs/feeds/index.ts';
import { letterTextOf, renderPostAside, withoutQuotes } from '../../libs/markdown/index.ts';
import { NEWSLETTER_TASK } from '../../libs/words/index.ts';
import { ANY_EDITOR } from '../acts/any-editor.ts';
import { MAIL_PLACE, type MailPlace } from '../acts/mailing.ts';
import { unlessGone } from '../acts/unless-gone.ts';
import { Lease } from '../reactors/lease.ts';
import { keptArticle } from '../reactors/mail/kept-article.tsx';
import type { MailedIssue } from '../reactors/mail/letter.ts';
import { IssueReacting } from '../reactors/newsletter/issue-reactor.ts';
import { Reactor } from '../reactors/reactor.ts';
import { GetPost } from '../views/post-list/post-list.query-types.ts';
import { FindUnsendableQuotes } from '../views/thread/thread.query-types.ts';
import type { ServedParts } from './watched-forum.ts';

/** Begins to hand issues of the newsletter to their readers; `close` finishes what is under way. */
export function sendIssues(
  { views, logger }: Pick<ServedParts, 'views' | 'logger'>,
  { app, leaseMs }: { readonly app: NestFastifyApplication; readonly leaseMs: number },
): { close(): Promise<void> } {
  const commands = app.get(CommandBus, { strict: false });
  const queries = app.get(QueryBus, { strict: false });
  const { holder } = app.get<MailPlace>(MAIL_PLACE, { strict: false });
  const reacting = new IssueReacting({ commands, work: (query) => queries.execute(query) });
  const lease = new Lease(commands, {
    reactor: NEWSLETTER_TASK,
    holder,
    tasks: [NEWSLETTER_TASK],
    lengthMs: leaseMs,
  });
  return new Reactor({ reacting, lease, holder, views, leaseMs, onProblem: (reason) => logger.warn(reason) });
}

type KeptIssue = Omit<MailedIssue, 'isOld'>;

interface ReadIssue {
  readonly postId: string;
  readonly mark: string;
  readonly issue: Promise<MailedIssue | null>;
}

/** The text of an issue as mails have it, written once for many while nothing that it is made of changes. */
export class IssueTexts {
  readonly #queries: Pick<QueryBus, 'execute'>;
  readonly #origin: () => string;
  readonly #mark: () => string;
  #read: ReadIssue | null = null;
  #written: { readonly post: string; readonly issue: KeptIssue } | null = null;

  constructor(queries: Pick<QueryBus, 'execute'>, origin: () => string, mark: () => string) {
    this.#queries = queries;
    this.#origin = origin;
    this.#mark = mark;
  }

  /**
   * As it stands when this resolves, without what may not be quoted any more. Null for a post that is no issue. One that is
   * withdrawn is stopped: what was handed over before goes out, since nobody would bring those readers back.
   */
  async of(postId: string): Promise<MailedIssue | null> {
    for (;;) {
      const read = this.#reading(postId);
      const issue = await read.issue;
      if (this.#mark() === read.mark) return issue;
    }
  }

  #reading(postId: string): ReadIssue {
    const mark = this.#mark();
    if (this.#read?.postId === postId && this.#read.mark === mark) return this.#read;
    const read = { postId, mark, issue: this.#issue(postId, mark) };
    this.#read = read;
    read.issue.then((issue) => issue ?? this.#forget(read)).catch(() => this.#forget(read));
    return read;
  }

  /** What is not there may come with time alone; what failed may go well. */
  #forget(read: ReadIssue): void {
    if (this.#read === read) this.#read = null;
  }

  async #issue(postId: string, mark: string): Promise<MailedIssue | null> {
    const issue = await this.#kept(postId);
    return issue && { ...issue, isOld: () => this.#mark() !== mark };
  }

  /** What has not changed is not written again. */
  async #kept(postId: string): Promise<KeptIssue | null> {
    const post = await unlessGone(this.#queries.execute(new GetPost(postId, ANY_EDITOR, new Date().toISOString())));
    if (post === null || post.kind !== 'newsletter') return null;
    const { title, locale } = post;
    const url = `${this.#origin()}/posts/${encodeURIComponent(post.slug)}`;
    const unsendable = await this.#queries.execute(new FindUnsendableQuotes(post.body));
    const source = withoutQuotes(post.body, unsendable);
    const known = [url, title, locale, source, post.bodyHtml].join('\0');
    if (this.#written?.post === known) return this.#written.issue;
    const bodyHtml = unsendable.length === 0 ? post.bodyHtml : await renderPostAside(source);
    const html = withoutPictures(absoluteHtml(bodyHtml, url));
    const text = letterTextOf(source, url);
    const issue = { title, url, article: await keptArticle({ title, html, text, locale }) };
    this.#written = { post: known, issue };
    return issue;
  }
}

const PICTURE = /<\/?(?:picture|source|img)\b[^<>]*>/g;
const ALT = / alt="([^"]*)"/;

/** A mail loads nothing, so that nobody learns that it was opened: of a picture the words stay. */
function withoutPictures(html: string): string {
  return html.replace(PICTURE, (tag) => (tag.startsWith('<img') ? (ALT.exec(tag)?.[1] ?? '') : ''));
}
