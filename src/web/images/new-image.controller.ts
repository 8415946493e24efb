import { createHash, randomUUID } from 'node:crypto';
import { Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { DomainError, deriveId, isUuid } from '../../../libs/kernel/index.ts';
import { type Asking, askingOf } from '../../access/asking.ts';
import { ImageForm, RefusedImageForm } from '../../access/image-form.ts';
import { memberOf } from '../../access/request.ts';
import { BringingImages } from '../../acts/bringing-images.ts';
import type { FieldErrors } from '../shell/fields.tsx';
import { Frames } from '../shell/frames.ts';
import type { MessageKey, Translator } from '../shell/i18n/translate.ts';
import { textIn } from '../shell/paths.ts';
import { ReadsOwnWrites } from '../shell/reads-own-writes.ts';
import { reasonOf } from '../shell/refusal-messages.ts';
import { sendPage } from '../shell/send-page.ts';
import { carriedIn, pictureIn, wayBack, withPicture } from './carried.ts';
import { BroughtImagePage, NewImagePage } from './new-image-pages.tsx';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type Sent = Pick<ImageForm, 'alt' | 'carried'>;

const NOTHING: Sent = { alt: '', carried: {} };

/** A picture for a text, brought without a program: the text comes along, and goes back with the picture in it. */
@Controller('images/new')
@UseInterceptors(ReadsOwnWrites)
export class NewImageController {
  readonly #images: BringingImages;
  readonly #frames: Frames;

  constructor(@Inject(BringingImages) images: BringingImages, @Inject(Frames) frames: Frames) {
    this.#images = images;
    this.#frames = frames;
  }

  @Get()
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#ask(NOTHING, null, { request, reply });
  }

  /** A form of a comment asks for a picture, with its path in the query; or the picture comes. */
  @Post()
  async bring(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form: unknown = request.body;
    const asking = askingOf(request);
    if (form instanceof RefusedImageForm) return this.#ask(form, form.refusal, { request, reply });
    if (form instanceof ImageForm) return this.#keep(form, asking, { request, reply });
    const to = wayBack(textIn(query, 'to')) ?? wayBack(textIn(form, 'to'));
    const carried = { ...carriedIn(form), ...(to !== null && { to }) };
    await this.#ask({ alt: textIn(form, 'alt'), carried }, null, { request, reply });
  }

  async #keep(form: ImageForm, asked: Asking, { request, reply }: Exchange): Promise<void> {
    try {
      if (form.bytes.length === 0) throw new DomainError('invalid', 'The file is empty.');
      const asking = { ...asked, commandId: idOf(form, memberOf(request).memberId) };
      const { image } = await this.#images.bring(form, memberOf(request), asking);
      const frame = this.#frames.of(request, '/images/new');
      const markdown = pictureIn(image.address, form.alt);
      const carried = withPicture(carriedIn(form.carried), markdown);
      const to = wayBack(textIn(form.carried, 'to'));
      const page = h(BroughtImagePage, { frame, to, carried, image, alt: form.alt.trim(), markdown });
      await sendPage(page, { request, reply });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.#ask(form, error, { request, reply });
    }
  }

  /** The form for a picture, with what was refused and the text that waits. */
  async #ask({ alt, carried }: Sent, refusal: DomainError | null, { request, reply }: Exchange): Promise<void> {
    const frame = this.#frames.of(request, '/images/new');
    const errors = refusal === null ? {} : errorsOf(refusal, frame.translator);
    const to = wayBack(textIn(carried, 'to'));
    const page = h(NewImagePage, { frame, to, carried: carriedIn(carried), pictureKey: keyIn(carried), alt, errors });
    if (refusal?.retryAfterSeconds !== undefined) reply.header('retry-after', refusal.retryAfterSeconds);
    await sendPage(page, { request, reply, status: refusal?.status ?? 200 });
  }
}

function keyIn(carried: Sent['carried']): string {
  const key = textIn(carried, 'key');
  return isUuid(key) ? key : randomUUID();
}

/** The same file sent twice from the same form is one picture; another file is another one. */
function idOf({ bytes, carried }: ImageForm, memberId: string): string {
  const content = createHash('sha256').update(bytes).digest('hex');
  return deriveId('image-form', memberId, keyIn(carried), content);
}

const OF_FILE: Readonly<Record<string, MessageKey>> = {
  too_large: 'compose.imageLarge',
  unsupported_media_type: 'compose.imageKind',
  invalid: 'compose.imageDamaged',
  malformed: 'compose.imageDamaged',
  conflict: 'compose.imageTooMany',
};

function errorsOf(refusal: DomainError, translator: Translator): FieldErrors {
  const { t } = translator;
  const [first] = refusal.errors;
  if (first?.field === 'alt') return { alt: t('field.invalid') };
  const key = OF_FILE[refusal.code];
  return key === undefined ? { '': reasonOf(refusal, translator) } : { file: t(key, { name: t('picture.this') }) };
}
