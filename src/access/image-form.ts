import type { DomainError } from '../../libs/kernel/index.ts';
import { ExportForm } from './export-form.ts';

/** The form of an image that was read. */
export class ImageForm {
  readonly bytes: Uint8Array;
  /** Empty where none was sent. */
  readonly alt: string;
  /** The other fields of a form that carries some along. */
  readonly carried: CarriedFields;

  constructor(bytes: Uint8Array, alt: string, carried: CarriedFields = {}) {
    this.bytes = bytes;
    this.alt = alt;
    this.carried = carried;
  }
}

export type CarriedFields = Readonly<Record<string, string>>;

/** The form of an image that is not taken, with the fields that it carries along: a text that somebody writes is one of them. */
export class RefusedImageForm {
  readonly refusal: DomainError;
  readonly alt: string;
  readonly carried: CarriedFields;

  constructor(refusal: DomainError, { alt, carried }: Pick<ImageForm, 'alt' | 'carried'>) {
    this.refusal = refusal;
    this.alt = alt;
    this.carried = carried;
  }
}

/** The fields of a form, whether or not an image came with it. */
export function fieldsIn(body: unknown): unknown {
  if (body instanceof ExportForm) return body.fields;
  return body instanceof ImageForm || body instanceof RefusedImageForm ? { ...body.carried, alt: body.alt } : body;
}
