import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ConsistencyAnswer, LogKeyHistory, SignedCheckpoints } from '../../../../../libs/client/index.ts';
import { requireId } from '../../../../../libs/kernel/index.ts';
import { toBase64 } from '../../../../../libs/transparency/index.ts';
import { viewerOf } from '../../../../access/principal.ts';
import { Proving } from '../../../../acts/proving/proving.ts';
import { checkInput } from '../../../input/check-input.ts';
import { QueryInput } from '../../../input/input.ts';
import { ConsistencyQuery, InclusionQuery, ReceiptQuery } from '../../dto/proofs.ts';
import { keepPrivate } from '../answers.ts';
import { InclusionTexts } from './proof-texts.ts';

const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const TILES = '/api/v1/audit/tlog/';
/** The most kept checkpoints in one answer: two weeks at one an hour. */
const MOST_KEPT = 336;

/** The answers by which anybody checks that the log was not changed. */
@Controller('api/v1')
export class ProofsController {
  readonly #proving: Proving;
  readonly #texts = new InclusionTexts();

  constructor(@Inject(Proving) proving: Proving) {
    this.#proving = proving;
  }

  @Get('audit/checkpoint')
  async checkpoint(@Res() reply: FastifyReply): Promise<void> {
    const note = await this.#proving.checkpoint();
    reply.header('cache-control', 'no-cache').header('content-type', TEXT).send(note);
  }

  @Get('audit/checkpoints')
  checkpoints(): SignedCheckpoints {
    return { items: this.#proving.kept(MOST_KEPT).map(({ at, note }) => ({ at, checkpoint: note })) };
  }

  @Get('audit/key')
  key(@Res() reply: FastifyReply): void {
    reply.header('cache-control', 'no-cache').header('content-type', TEXT).send(`${this.#proving.verifierKey()}\n`);
  }

  @Get('audit/keys')
  keys(): LogKeyHistory {
    return this.#proving.keyHistory();
  }

  /** The route sends its answer itself, since Nest's pipes and serialization would cost more than the proof. */
  @Get('audit/proofs/inclusion')
  async inclusion(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { position } = checkInput(InclusionQuery, request.query);
    const proof = await this.#proving.inclusion(BigInt(position));
    reply.header('content-type', JSON_TYPE).send(this.#texts.of(proof));
  }

  @Get('audit/proofs/consistency')
  async consistency(@QueryInput(ConsistencyQuery) query: ConsistencyQuery): Promise<ConsistencyAnswer> {
    const [from, to] = [Number(query.from), Number(query.to)];
    const hashes = await this.#proving.consistency(from, to);
    return { from, to, hashes: hashes.map(toBase64) };
  }

  /** C2SP tlog-tiles: this prefix serves the checkpoint and the tiles like files. */
  @Get('audit/tlog/checkpoint')
  async tiledCheckpoint(@Res() reply: FastifyReply): Promise<void> {
    await this.checkpoint(reply);
  }

  @Get('audit/tlog/tile/*')
  async tile(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [path = ''] = request.url.slice(TILES.length).split('?');
    const bytes = await this.#proving.tile(path);
    // These bytes are the same for everybody.
    reply
      .removeHeader('vary')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-type', 'application/octet-stream')
      .send(bytes);
  }

  @Get('comments/:id/receipt')
  async receipt(
    @Param('id') id: string,
    @QueryInput(ReceiptQuery) { revision }: ReceiptQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const commentId = requireId(id, 'comment_not_found');
    const wanted = revision === undefined ? null : Number(revision);
    const { file } = await this.#proving.receipt(commentId, wanted, viewerOf(request.principal));
    if (request.principal !== null) keepPrivate(reply);
    else reply.header('cache-control', 'no-cache');
    reply
      .header('content-type', TEXT)
      .header('content-disposition', `attachment; filename="comment-${commentId}.tlog-proof"`)
      .send(file);
  }
}
