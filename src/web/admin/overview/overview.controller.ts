import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { memberOf } from '../../../access/request.ts';
import { Operating } from '../../../acts/operating/operating.ts';
import { GetOwnMember } from '../../../views/members/members.query-types.ts';
import { Frames } from '../../shell/frames.ts';
import { sendPage } from '../../shell/send-page.ts';
import { OverviewPage } from './overview-page.tsx';

/** The first page of admins: what they can do, and where. */
@Controller('admin')
export class OverviewController {
  readonly #frames: Frames;

  readonly #operating: Operating;
  readonly #queries: QueryBus;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(Operating) operating: Operating,
    @Inject(QueryBus) queries: QueryBus,
  ) {
    this.#frames = frames;
    this.#operating = operating;
    this.#queries = queries;
  }

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const frame = this.#frames.of(request);
    const [{ mails, backup }, { emailConfirmed }] = await Promise.all([
      this.#operating.status(),
      this.#queries.execute(new GetOwnMember(memberOf(request).memberId)),
    ]);
    const written = frame.site.pages;
    const done = {
      mail: mails.server !== null,
      address: emailConfirmed,
      backup: backup !== null,
      rules: written.includes('rules'),
      imprint: written.includes('imprint'),
    };
    await sendPage(h(OverviewPage, { frame, done }), { request, reply });
  }
}
