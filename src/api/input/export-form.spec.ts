import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '../../../libs/kernel/index.ts';
import { type Field, formOf } from '../../../test/support/image-form.ts';
import { type ExportIntake, exportForm } from './export-form.ts';

describe('the form of an export', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'export-form-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const intake = (mostBytes = 1_000): ExportIntake => ({
    folder: () => dir,
    prefix: 'coming-',
    mostBytes,
    refusal: () => null,
  });
  const read = (bytes: Buffer, mostBytes = 1_000, type = formOf([]).headers['content-type']) =>
    exportForm(Readable.from([bytes]), type, intake(mostBytes));
  const send = (fields: readonly Field[], mostBytes?: number) => read(formOf(fields).raw, mostBytes);

  it('puts the file on the disk, for its owner alone, and gives the fields beside it', async () => {
    const form = await send([
      ['source', 'disqus'],
      ['file', Buffer.from('<disqus/>')],
    ]);
    const file = form.take();
    expect([form.fields, file?.name, file?.bytes]).toEqual([{ source: 'disqus' }, 'notes.txt', 9]);
    expect(readFileSync(file?.path ?? '', 'utf8')).toBe('<disqus/>');
    expect(form.take()).toBeNull();
  });

  it('says before anything is read that none can be taken now', async () => {
    const refusal = () => new DomainError('conflict', 'Not now.');
    const endless = new Readable({ read: () => undefined });
    const { headers } = formOf([]);
    const form = await exportForm(endless, headers['content-type'], {
      folder: () => dir,
      prefix: '',
      mostBytes: 9,
      refusal,
    });
    expect([form.refusal?.code, form.take(), readdirSync(dir)]).toEqual(['conflict', null, []]);
    endless.destroy();
  });

  it('deletes a file that nobody takes', async () => {
    const form = await send([['file', Buffer.from('x')]]);
    expect(readdirSync(dir)).toHaveLength(1);
    await form.drop();
    expect(readdirSync(dir)).toEqual([]);
  });

  it('refuses a file that is too large and keeps nothing of it', async () => {
    const form = await send([
      ['source', 'isso'],
      ['file', Buffer.alloc(1_001)],
    ]);
    expect([form.fields, form.refusal?.code, readdirSync(dir)]).toEqual([{ source: 'isso' }, 'too_large', []]);
    expect((await send([['file', Buffer.alloc(2_000_000)]])).refusal?.code).toBe('too_large');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('refuses at once a form that comes piece by piece and goes on beyond what it takes, and keeps nothing of it', async () => {
    const { raw, headers } = formOf([['file', Buffer.alloc(2_000_000)]]);
    const coming = new PassThrough();
    const reading = exportForm(coming, headers['content-type'], intake());
    for (let at = 0; at < raw.length - 10_000; at += 10_000) {
      if (!coming.write(raw.subarray(at, at + 10_000))) await once(coming, 'drain');
    }
    expect([(await reading).refusal?.code, readdirSync(dir)]).toEqual(['too_large', []]);
    coming.destroy();
  });

  it('deletes what has come of a file whose sender goes away', async () => {
    const { raw, headers } = formOf([['file', Buffer.alloc(900_000)]]);
    const coming = new PassThrough();
    const reading = exportForm(coming, headers['content-type'], intake(1_000_000));
    const refused = expect(reading).rejects.toMatchObject({ code: 'malformed' });
    for (let at = 0; at < 500_000; at += 10_000) {
      if (!coming.write(raw.subarray(at, at + 10_000))) await once(coming, 'drain');
    }
    expect(readdirSync(dir)).toHaveLength(1);
    coming.destroy();
    await refused;
    expect(readdirSync(dir)).toEqual([]);
  });

  it.each([
    ['that breaks off', formOf([['file', Buffer.alloc(900)]]).raw.subarray(0, 700)],
    ['of nonsense', Buffer.from('nonsense')],
    ['without bytes', Buffer.alloc(0)],
  ])('refuses a form %s and keeps nothing of it', async (_, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: 'malformed' });
    expect(readdirSync(dir)).toEqual([]);
  });

  it('refuses a form whose kind names no boundary', async () => {
    await expect((async () => read(Buffer.from('x'), 10, 'multipart/form-data'))()).rejects.toMatchObject({
      code: 'malformed',
    });
  });
});
