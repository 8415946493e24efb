import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../../../../libs/kernel/index.ts';
import { MOST_IMAGE_UPLOAD_BYTES } from '../../../../libs/words/index.ts';
import type { ExportForm } from '../../../access/export-form.ts';
import type { ImageForm, RefusedImageForm } from '../../../access/image-form.ts';
import type { Principal } from '../../../access/principal.ts';
import { memberOf } from '../../../access/request.ts';
import { TooLarge } from '../../../access/too-large.ts';
import { type ExportIntake, exportForm } from '../../input/export-form.ts';
import { formWithFiles } from '../../input/form-with-files.ts';
import { imageForm } from '../../input/image-form.ts';
import { BodyIntake, type IntakeBounds, type IntakeWords } from './body-intake.ts';

const MEBIBYTE = 1_048_576;
const MOST_MEBIBYTES = MOST_IMAGE_UPLOAD_BYTES / MEBIBYTE;

/** A sender is a member, who sends one image after the other. */
const IMAGE_BOUNDS: IntakeBounds = {
  mostOfOne: MOST_IMAGE_UPLOAD_BYTES,
  mostInAll: 64 * MEBIBYTE,
  mostOfSender: 24 * MEBIBYTE,
  // The server gives a whole request a minute.
  withinMs: 50_000,
};
const IMAGE_WORDS: IntakeWords = {
  tooLarge: `An image has ${MOST_MEBIBYTES} MiB at most: send it smaller, or as JPEG.`,
  tooSlow: `The image came too slowly: send it smaller, or over another connection.`,
  tooMany: 'Too many images come in at once.',
  brokenOff: 'The image did not come to its end.',
};

interface FileParts {
  readonly requireBringing: (principal: Principal) => Promise<void>;
  readonly exports: ExportIntake;
  readonly bringsFile: (request: IncomingMessage) => void;
}

/** Forms in parts (RFC 7578) are read at the routes that take them: whole ones with a picture or two, and images as they come. */
export function readFiles(server: FastifyInstance, { requireBringing, exports, bringsFile }: FileParts): void {
  const images = new BodyIntake(IMAGE_BOUNDS, IMAGE_WORDS);
  const held = new WeakMap<IncomingMessage, Readable>();
  const exported = new WeakMap<IncomingMessage, ExportForm>();
  server.addHook('preParsing', (request, reply, payload, done) => {
    // A file that nobody has taken is deleted with the answer.
    if (request.routeOptions.config.takesExport === true)
      reply.raw.once('close', () => void exported.get(request.raw)?.drop());
    if (request.routeOptions.config.takesImage !== undefined) {
      reply.raw.once('close', () => {
        const file = held.get(request.raw);
        if (file !== undefined) images.forget(file);
      });
    }
    done(null, payload);
  });
  const requireImage = async (request: FastifyRequest): Promise<void> => {
    if (lengthOf(request) > 2 * MOST_IMAGE_UPLOAD_BYTES) throw new DomainError('too_large', IMAGE_WORDS.tooLarge);
    await requireBringing(memberOf(request));
  };
  const image = async (
    request: FastifyRequest,
    payload: IncomingMessage,
    mostCarriedBytes: number | undefined,
  ): Promise<ImageForm | RefusedImageForm> => {
    const { memberId } = memberOf(request);
    const asked = requireImage(request);
    // A text that comes along is read whatever is refused.
    if (mostCarriedBytes === undefined) await asked;
    const refusal = await asked.then(
      () => null,
      (error: unknown) => ({ error }),
    );
    return imageForm(payload, {
      contentType: typeOf(request),
      mostBytes: MOST_IMAGE_UPLOAD_BYTES,
      tooLarge: IMAGE_WORDS.tooLarge,
      ...(mostCarriedBytes !== undefined && { mostCarriedBytes }),
      receive: (file) => {
        if (refusal) return Promise.reject(refusal.error);
        held.set(request.raw, file);
        return images.receive(file, memberId);
      },
    });
  };
  server.addContentTypeParser('multipart/form-data', async (request: FastifyRequest, payload: IncomingMessage) => {
    const { takesImage, takesFiles, takesExport } = request.routeOptions.config;
    if (takesExport === true) {
      bringsFile(request.raw);
      const form = await exportForm(payload, typeOf(request), exports);
      exported.set(request.raw, form);
      return form;
    }
    const most = request.routeOptions.bodyLimit;
    if (takesImage !== undefined) return image(request, payload, takesImage === 'with-fields' ? most : undefined);
    if (takesFiles !== true) throw new DomainError('unsupported_media_type', 'This address takes no files.');
    if (lengthOf(request) > most) throw new TooLarge(most);
    return formWithFiles(await wholeOf(payload, most), typeOf(request));
  });
}

async function wholeOf(payload: IncomingMessage, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of payload) {
    const bytes = Buffer.from(piece);
    length += bytes.length;
    if (length > most) throw new TooLarge(most);
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}

function lengthOf({ headers }: FastifyRequest): number {
  return Number(headers['content-length'] ?? 0);
}

function typeOf({ headers }: FastifyRequest): string {
  return headers['content-type'] ?? '';
}
