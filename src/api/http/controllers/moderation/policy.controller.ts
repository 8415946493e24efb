import { setImmediate as turn } from 'node:timers/promises';
import { Controller, Get, Inject, Put, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PolicyVersion } from '../../../../../libs/client/index.ts';
import { MOST_PER_PAGE } from '../../../../../libs/words/index.ts';
import { askingOf } from '../../../../access/asking.ts';
import { commandMeta } from '../../../../access/principal.ts';
import { memberOf } from '../../../../access/request.ts';
import { ForumWrites } from '../../../../acts/forum-writes.ts';
import { SetPolicy } from '../../../../domain/policy/policy.commands.ts';
import { GetPolicyVersion, GetPolicyVersions } from '../../../../views/policy/policy.query-types.ts';
import { Input, QueryInput } from '../../../input/input.ts';
import { pageOf } from '../../dto/lists.ts';
import { PolicyBody, PolicyVersionsQuery } from '../../dto/moderation.ts';
import { keepPrivate, tellWritten } from '../answers.ts';

/** The rules that comments are judged by, and their earlier versions. */
@Controller('api/v1/moderation/policy')
export class PolicyController {
  readonly #writes: ForumWrites;
  readonly #queries: QueryBus;

  constructor(@Inject(ForumWrites) writes: ForumWrites, @Inject(QueryBus) queries: QueryBus) {
    this.#writes = writes;
    this.#queries = queries;
  }

  @Get()
  async inForce(@Res({ passthrough: true }) reply: FastifyReply): Promise<PolicyVersion> {
    keepPrivate(reply);
    return this.#newest();
  }

  /** The list alone, without a frame; a Link header names the next page. */
  @Get('versions')
  async versions(
    @QueryInput(PolicyVersionsQuery) query: PolicyVersionsQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly PolicyVersion[]> {
    keepPrivate(reply);
    const { limit, cursor } = pageOf(query, MOST_PER_PAGE);
    const wish = { limit, before: cursor === null ? null : Number(cursor) };
    const { versions, next } = await this.#queries.execute(new GetPolicyVersions(wish));
    if (next !== null)
      reply.header('link', `</api/v1/moderation/policy/versions?cursor=${next}&limit=${limit}>; rel="next"`);
    return versions;
  }

  @Put()
  async set(
    @Input(PolicyBody) { version, rules, note = '', restores = null }: PolicyBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PolicyVersion> {
    const { commandId, correlationId } = askingOf(request);
    const meta = commandMeta(memberOf(request), commandId, correlationId);
    const command = new SetPolicy({ version: version + 1, policy: { rules }, restores, note }, meta);
    const { position } = await this.#writes.send(command);
    tellWritten(reply, position);
    return this.#newest();
  }

  async #newest(): Promise<PolicyVersion> {
    const newest = await this.#queries.execute(new GetPolicyVersion(null));
    if (!newest) throw new Error('there is no policy');
    // A policy may be megabytes long, so it is written in another turn of the event loop than it was read in.
    await turn();
    return newest;
  }
}
