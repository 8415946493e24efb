import { Controller, Get, Inject, Put, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PolicyVersion } from '../../../../../libs/client/index.ts';
import { SetPolicy } from '../../../../domain/policy/policy.commands.ts';
import { GetPolicyVersions } from '../../../../views/policy/policy.query-types.ts';
import { askingOf } from '../../../access/asking.ts';
import { ForumWrites } from '../../../access/forum-writes.ts';
import { commandMeta } from '../../../access/principal.ts';
import { memberOf } from '../../../access/request.ts';
import { PolicyBody } from '../../dto/moderation.ts';
import { Input } from '../../input/input.ts';
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

  @Get('versions')
  versions(@Res({ passthrough: true }) reply: FastifyReply): Promise<readonly PolicyVersion[]> {
    keepPrivate(reply);
    return this.#queries.execute(new GetPolicyVersions());
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
    const [newest] = await this.#queries.execute(new GetPolicyVersions());
    if (!newest) throw new Error('there is no policy');
    return newest;
  }
}
