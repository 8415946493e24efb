import { Controller, Get, Inject, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, formatPosition, parsePosition } from '../../../../libs/kernel/index.ts';
import { memberOf } from '../../../access/request.ts';
import { Audits, type LookList as LooksRead, type LooksWish } from '../../../acts/auditing/audits.ts';
import { LOOK_KINDS } from '../../../acts/looks/entries.ts';
import { Frames } from '../../shell/frames.ts';
import { oneOf } from '../../shell/one-of.ts';
import { textIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { sendPage } from '../../shell/send-page.ts';
import { LooksPage } from './looks-page.tsx';

const ENTRIES_A_PAGE = 50;
const NOTHING = { items: [], next: null } as const;

/** The recorded looks of staff. */
@Controller('audit/log')
@UseInterceptors(ReadsOwnWrites)
export class LooksPagesController {
  readonly #frames: Frames;
  readonly #audits: Audits;

  constructor(@Inject(Frames) frames: Frames, @Inject(Audits) audits: Audits) {
    this.#frames = frames;
    this.#audits = audits;
  }

  @Get()
  async looks(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = { kind: textIn(query, 'kind'), member: textIn(query, 'member').trim() };
    const wish = {
      kind: oneOf(LOOK_KINDS, fields.kind) ?? null,
      member: fields.member || null,
      before: parsePosition(textIn(query, 'before')) ?? null,
      limit: ENTRIES_A_PAGE,
    };
    const read = await this.#read(wish, request);
    const items = read?.items ?? null;
    const people = await this.#audits.people((items ?? []).flatMap(({ members }) => members));
    const next = read === null || read.next === null ? null : formatPosition(read.next);
    const page = h(LooksPage, { frame: this.#frames.of(request), fields, items, people, next });
    await sendPage(page, { request, reply });
  }

  /** Null while the index is not ready to find them; empty for an unknown handle. */
  async #read(wish: LooksWish, request: FastifyRequest): Promise<LooksRead | null> {
    try {
      return await this.#audits.looks(memberOf(request), wish);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not_caught_up') return null;
      if (error instanceof DomainError && error.code === 'member_not_found') return NOTHING;
      throw error;
    }
  }
}
