import { PassThrough, type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import type { DomainError } from '../../../libs/kernel/index.ts';
import { type Field, formOf } from '../../../test/support/image-form.ts';
import { ImageForm } from '../../access/image-form.ts';
import { imageForm } from './image-form.ts';

const MOST_BYTES = 200_000;
const SENT: Field = ['file', 'a'.repeat(100_000)];
const asFile = ([name, text]: Field): Field => [name, Buffer.from(text)];

/** The form as it came, or its refusal; pieces of so many bytes. */
async function read(
  form: ReturnType<typeof formOf>,
  { piece = 1_000, cut = form.raw.length, carries = false } = {},
): Promise<unknown> {
  const payload = new PassThrough();
  const parts = {
    mostBytes: MOST_BYTES,
    tooLarge: 'too large',
    receive: (file: Readable) => buffer(file),
    ...(carries && { mostCarriedBytes: 1_000 }),
  };
  const refused = ({ code, errors }: Pick<DomainError, 'code' | 'errors'>) => ({
    code,
    fields: errors.map(({ field }) => field),
  });
  const reading = imageForm(payload, { contentType: form.headers['content-type'], ...parts }).then((read) => {
    const { alt, carried } = read;
    const along = carries ? { alt, carried } : { alt };
    return read instanceof ImageForm ? { bytes: read.bytes.length, ...along } : { ...refused(read.refusal), ...along };
  }, refused);
  for (let at = 0; at < cut; at += piece) payload.write(form.raw.subarray(at, Math.min(cut, at + piece)));
  if (cut === form.raw.length) payload.end();
  else payload.destroy();
  return reading;
}

describe('the form of an image', () => {
  it('is read in pieces of any size, with its text before or behind', async () => {
    const whole = { bytes: 100_000, alt: 'A house ក' };
    const file = asFile(SENT);
    for (const fields of [[file, ['alt', 'A house ក']] as const, [['alt', 'A house ក'], file] as const])
      for (const piece of [7, 65_536]) expect(await read(formOf(fields), { piece })).toEqual(whole);
    expect(await read(formOf([file]))).toEqual({ bytes: 100_000, alt: '' });
  });

  it.each<[string, readonly Field[], object]>([
    ['without a file', [['alt', 'A house']], { code: 'invalid', fields: ['file'] }],
    ['whose file is a text', [SENT], { code: 'invalid', fields: ['file'] }],
    ['with two files', [asFile(SENT), asFile(SENT)], { code: 'invalid', fields: ['file'] }],
    ['with a file of another name', [asFile(['image', 'x'])], { code: 'invalid', fields: ['image'] }],
    ['with two texts', [['alt', 'a'], ['alt', 'b'], asFile(SENT)], { code: 'invalid', fields: ['alt'] }],
    ['with another text', [['title', 'a'], asFile(SENT)], { code: 'invalid', fields: ['title'] }],
    ['that is too long', [asFile(['file', 'a'.repeat(300_000)])], { code: 'too_large', fields: [] }],
  ])('%s is refused', async (_, fields, refusal) => {
    expect(await read(formOf(fields))).toEqual(refusal);
  });

  it('is refused when it breaks off, and when it is none', async () => {
    const form = formOf([asFile(SENT)]);
    const malformed = { code: 'malformed', fields: [] };
    for (const cut of [10, 50_000, form.raw.length - 8]) expect(await read(form, { cut })).toEqual(malformed);
    const raw = Buffer.from('no form');
    expect(await read({ ...form, raw })).toEqual(malformed);
    expect(await read({ headers: { 'content-type': 'multipart/form-data' }, raw })).toEqual(malformed);
  });

  it('that carries a text along has it whatever becomes of the file', async () => {
    const texts: readonly Field[] = [
      ['body', 'A text ក'],
      ['parentId', ''],
      ['alt', 'A house'],
    ];
    const along = { alt: 'A house', carried: { body: 'A text ក', parentId: '' } };
    const carries = true;
    expect(await read(formOf([...texts, asFile(SENT)]), { carries })).toEqual({ bytes: 100_000, ...along });
    const long = asFile(['file', 'a'.repeat(300_000)]);
    expect(await read(formOf([...texts, long]), { carries })).toEqual({ code: 'too_large', fields: [], ...along });
    expect(await read(formOf(texts), { carries })).toEqual({ code: 'invalid', fields: ['file'], ...along });
    const many = Array.from({ length: 30 }, (_, n): Field => [`field-${n}`, '']);
    expect(await read(formOf([...many, asFile(SENT)]), { carries })).toMatchObject({ code: 'malformed' });
  });
});
