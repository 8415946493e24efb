import { Body, Controller, Get, Inject, Logger, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, formatPosition, isUuid, parsePosition } from '../../../../libs/kernel/index.ts';
import { VIEWS, type Views } from '../../../../libs/projections/index.ts';
import { memberOf } from '../../../access/request.ts';
import { REPLAYING, type ReplayClock, type Replaying, type Until } from '../../../acts/auditing/replaying.ts';
import { Looks } from '../../../acts/looks/looks.ts';
import { GetScratchThread, ListScratchPosts } from '../../../views/scratch/scratch.query-types.ts';
import { doneIn, pathDone } from '../../shell/done.tsx';
import { Frames } from '../../shell/frames.ts';
import { textIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../../shell/refusals.ts';
import { sendPage } from '../../shell/send-page.ts';
import { ScratchPostsPage, ScratchThreadPage } from './scratch-pages.tsx';
import { ViewsPage, type ViewsProps } from './views-page.tsx';

const POSTS_A_PAGE = 50;
const COMMENTS_A_PAGE = 50;
/**
 * The words at the field of a replay: for a text that is neither position nor time, and for one that the log has not
 * reached.
 */
const UNTIL_WORDS = { until: 'field.until', position: 'field.beyond', at: 'field.beyond' } as const;

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Views verified and the log replayed, on demand. */
@Controller('audit')
@UseInterceptors(ReadsOwnWrites)
export class ReplaysPagesController {
  readonly #frames: Frames;
  readonly #replaying: Replaying;
  readonly #views: Pick<Views, 'state'>;
  readonly #looks: Looks;
  readonly #queries: QueryBus;
  readonly #log = new Logger(ReplaysPagesController.name);

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(REPLAYING) replaying: Replaying,
    @Inject(VIEWS) views: Pick<Views, 'state'>,
    @Inject(Looks) looks: Looks,
    @Inject(QueryBus) queries: QueryBus,
  ) {
    this.#frames = frames;
    this.#replaying = replaying;
    this.#views = views;
    this.#looks = looks;
    this.#queries = queries;
  }

  /** The auditors' pages begin with the events. */
  @Get()
  lead(@Res() reply: FastifyReply): void {
    reply.redirect('/audit/events', 302);
  }

  @Get('views')
  views(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#send({ typed: '', by: 'happened', errors: {}, done: doneIn(query), status: 200 }, { request, reply });
  }

  /** Begins it; the page shows its progress. */
  @Post('views/:name/verifications')
  async verify(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    if (!this.#views.state().some((view) => view.name === name)) {
      throw new DomainError('not_found', 'There is no such view.');
    }
    if (this.#replaying.underway() === null) {
      this.#replaying.verify(name).catch((error: unknown) => this.#log.error(`${name} was not verified: ${error}`));
    }
    reply.redirect(pathDone('/audit/views', 'begun'), 303);
  }

  /** Verifies all views, one after the other; a failed verification stops none of the others. */
  @Post('views/verifications')
  verifyAll(@Res() reply: FastifyReply): void {
    if (this.#replaying.underway() === null) void this.#verifyEach();
    reply.redirect(pathDone('/audit/views', 'begun'), 303);
  }

  @Post('scratch')
  async replay(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const typed = textIn(form, 'until').trim();
    const by = textIn(form, 'by') === 'recorded' ? 'recorded' : 'happened';
    try {
      const until = untilIn(typed, by);
      const { memberId, handle } = memberOf(request);
      await this.#looks.looked(memberOf(request), { place: 'scratch', subject: subjectOf(until, typed) });
      const { id } = await this.#replaying.replay(until, handle === '' ? memberId : handle);
      reply.redirect(`/audit/scratch/${id}`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.status >= 500) throw error;
      const errors = fieldErrorsOf(error, this.#frames.of(request).translator, UNTIL_WORDS);
      const told = { until: errors['position'] ?? errors['at'] ?? errors['until'] ?? error.detail };
      await this.#send({ typed, by, errors: told, done: null, status: error.status }, { request, reply });
    }
  }

  @Get('scratch/:id')
  async posts(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { area, files } = this.#replaying.scratch(id);
    const page = { limit: POSTS_A_PAGE, cursor: textIn(query, 'cursor') || null };
    const posts = await this.#queries.execute(new ListScratchPosts(files, page));
    await this.#looks.looked(memberOf(request), { place: 'scratch', subject: area.position });
    await sendPage(h(ScratchPostsPage, { frame: this.#frames.of(request), area, posts }), { request, reply });
  }

  @Get('scratch/:id/posts/:postId')
  async thread(
    @Param() { id, postId }: { readonly id: string; readonly postId: string },
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { area, files } = this.#replaying.scratch(id);
    if (!isUuid(postId)) throw new DomainError('post_not_found', 'There was no such post.');
    const wish = { limit: COMMENTS_A_PAGE, cursor: textIn(query, 'cursor') || null };
    const { post, page } = await this.#queries.execute(new GetScratchThread(files, postId, wish));
    await this.#looks.atComments(memberOf(request), 'scratch', page.items);
    await sendPage(h(ScratchThreadPage, { frame: this.#frames.of(request), area, post, page }), { request, reply });
  }

  @Post('scratch/:id/drop')
  drop(@Param('id') id: string, @Res() reply: FastifyReply): void {
    this.#replaying.drop(id);
    reply.redirect(pathDone('/audit/views', 'dropped'), 303);
  }

  async #verifyEach(): Promise<void> {
    for (const { name } of this.#views.state()) {
      await this.#replaying
        .verify(name)
        .catch((error: unknown) => this.#log.error(`${name} was not verified: ${error}`));
    }
  }

  async #send(
    { status, ...tried }: Pick<ViewsProps, 'typed' | 'by' | 'errors' | 'done'> & { readonly status: number },
    { request, reply }: Exchange,
  ): Promise<void> {
    const frame = this.#frames.of(request, '/audit/views');
    const views = this.#views.state().map(({ name, version, position }) => {
      return { name, version, position: formatPosition(position) };
    });
    const replaying = this.#replaying;
    const found = { verified: replaying.verified(), failed: replaying.failed() };
    const [underway, scratches] = [replaying.underway(), replaying.scratches()];
    const page = h(ViewsPage, { frame, views, ...found, underway, scratches, ...tried });
    await sendPage(page, { request, reply, status });
  }
}

/** A position, or a moment in UTC. Throws DomainError `invalid`. */
function untilIn(text: string, by: ReplayClock): Until {
  const position = parsePosition(text);
  if (position !== undefined) return { position };
  const time = /^\d{4}-\d\d-\d\d/.test(text)
    ? Date.parse(/Z$|[+-]\d\d:\d\d$/.test(text) ? text : utc(text))
    : Number.NaN;
  if (!Number.isNaN(time) && time >= 0) return { time, by };
  const message = 'must be a position such as 1234, or a time such as 2015-10-05T08:00:00Z';
  throw new DomainError('invalid', `until ${message}.`, [{ field: 'until', message }]);
}

/** The subject of the recorded look. */
function subjectOf(until: Until, typed: string): string {
  return 'time' in until && until.by === 'happened' ? `${typed} happened` : typed;
}

function utc(text: string): string {
  return text.length === 10 ? `${text}T00:00:00Z` : `${text.replace(' ', 'T')}Z`;
}
