import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AskedErasure, Comment, Erasure } from '../../../../libs/client/index.ts';
import { requireId } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { Erasing } from '../../../acts/erasing.ts';
import { OwnDataDownloads } from '../../../acts/own-data/own-data.ts';
import { Input } from '../../input/input.ts';
import { ImportedErasureBody, MemberErasureBody, OwnErasureBody, PurgeBody } from '../dto/erasures.ts';
import { keepPrivate, tellWritten } from './answers.ts';

/** Taking one's data along, and the right to be forgotten. */
@Controller('api/v1')
export class ErasuresController {
  readonly #erasing: Erasing;

  readonly #downloads: OwnDataDownloads;

  constructor(@Inject(Erasing) erasing: Erasing, @Inject(OwnDataDownloads) downloads: OwnDataDownloads) {
    this.#erasing = erasing;
    this.#downloads = downloads;
  }

  @Get('members/me/data')
  async data(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const file = await this.#downloads.open(memberOf(request));
    keepPrivate(reply);
    await reply.type('application/zip').header('content-disposition', 'attachment; filename="my-data.zip"').send(file);
  }

  @Post('members/me/erasure')
  @HttpCode(202)
  async eraseMe(
    @Input(OwnErasureBody) body: OwnErasureBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedErasure> {
    return told(reply, await this.#erasing.eraseOwn(memberOf(request), body, askingOf(request)));
  }

  @Post('members/:id/erasure')
  @HttpCode(202)
  async eraseMember(
    @Param('id') id: string,
    @Input(MemberErasureBody) body: MemberErasureBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedErasure> {
    const memberId = requireId(id, 'member_not_found');
    return told(reply, await this.#erasing.eraseMember(memberId, body, memberOf(request), askingOf(request)));
  }

  @Post('erasures')
  @HttpCode(202)
  async eraseImported(
    @Input(ImportedErasureBody) body: ImportedErasureBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AskedErasure> {
    return told(reply, await this.#erasing.eraseImported(body, memberOf(request), askingOf(request)));
  }

  @Get('erasures/:id')
  erasure(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<Erasure> {
    keepPrivate(reply);
    return this.#erasing.see(requireId(id, 'not_found'));
  }

  @Delete('erasures/:id')
  @HttpCode(204)
  async takeBack(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const erasureId = requireId(id, 'not_found');
    tellWritten(reply, await this.#erasing.takeBack(erasureId, memberOf(request), askingOf(request)));
  }

  @Post('comments/:id/purge')
  @HttpCode(200)
  async purge(
    @Param('id') id: string,
    @Input(PurgeBody) { reason }: PurgeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Comment> {
    const commentId = requireId(id, 'comment_not_found');
    const { comment, position } = await this.#erasing.purge(commentId, reason, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return comment;
  }
}

function told(reply: FastifyReply, { erasureId, position }: { erasureId: string; position: bigint }): AskedErasure {
  keepPrivate(reply);
  tellWritten(reply, position);
  return { erasureId };
}
