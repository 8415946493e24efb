import { expect, test } from '@jest/globals';
import { formWithFiles } from './form-with-files.ts';

const TYPE = 'multipart/form-data; boundary=xx';
const part = (head: string, body: string): string =>
  `--xx\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
const read = (...parts: readonly string[]) => formWithFiles(Buffer.from(`${parts.join('')}--xx--\r\n`), TYPE);

test('texts and files come by name', async () => {
  const file = part('name="logo"; filename="a.png"\r\nContent-Type: image/png', 'PNG');
  expect(await read(part('name="name"', 'เสวนา'), file)).toEqual({
    name: 'เสวนา',
    logo: { bytes: new TextEncoder().encode('PNG'), type: 'image/png' },
  });
});

test('a field that is given twice counts as missing, and none changes what objects are', async () => {
  const fields = await read(part('name="a"', '1'), part('name="a"', '2'), part('name="__proto__"', 'x'));
  expect(fields).toEqual({});
  expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
});

test('what is no form, or a form of too many fields, is refused', async () => {
  await expect(formWithFiles(Buffer.from('--yy nonsense'), TYPE)).rejects.toMatchObject({ code: 'malformed' });
  const many = Array.from({ length: 51 }, (_, n) => part(`name="f${n}"`, 'x'));
  await expect(read(...many)).rejects.toMatchObject({ code: 'malformed' });
});

test('90,000 parts, or a head of 4 MB, keep the program no longer than a look at the boundaries', async () => {
  const bodies = [
    Array(90_000).fill(part('name="f"', 'x')),
    [part(`name="f"\r\nX: ${'y: z\r\nX: '.repeat(500_000)}`, 'x')],
  ];
  for (const parts of bodies) {
    const before = process.cpuUsage();
    const text = Buffer.from(`${parts.join('')}--xx--\r\n`);
    const made = process.cpuUsage(before).user;
    await expect(formWithFiles(text, TYPE)).rejects.toMatchObject({ code: 'malformed' });
    expect(process.cpuUsage(before).user - made).toBeLessThan(50_000);
  }
});
