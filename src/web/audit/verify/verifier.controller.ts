import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { verifierFile } from './verifier-file.ts';

/** The verifier, for everybody who wants to check without the forum. */
@Controller('audit/verifier.mjs')
export class VerifierController {
  @Get()
  file(@Res() reply: FastifyReply): void {
    reply
      .header('content-type', 'text/javascript; charset=utf-8')
      .header('content-disposition', 'attachment; filename="colloquy-verify.mjs"')
      .header('cache-control', 'no-cache')
      .send(verifierFile().bytes);
  }
}
