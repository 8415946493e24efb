import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ImageFiles } from '../../libs/images/index.ts';
import { DomainError } from '../../libs/kernel/index.ts';
import { ImageStoring } from './store-image.ts';

test('an image whose sender may no longer bring it once it is made leaves no file and no event', async () => {
  const place = mkdtempSync(join(tmpdir(), 'colloquy-refused-image-'));
  const dir = join(place, 'images');
  const nothing = async (): Promise<never> => {
    throw new Error('nothing is recorded');
  };
  const made = { width: 1, height: 1, animated: false, files: [] };
  const storing = new ImageStoring({ execute: nothing }, { readStream: async function* () {} }, new ImageFiles(dir), {
    make: async () => made,
  });
  const image = { imageId: 'i1', ownerId: 'm1', address: null, alt: null, bytes: new Uint8Array(1) };
  const meta = {
    commandId: '01890000-0000-7000-8000-000000000001',
    actor: 'm1',
    now: '2026-01-01T00:00:00.000Z',
    correlationId: 'c1',
    causationId: null,
  };
  const refusal = new DomainError('banned', 'No more.');
  await expect(storing.storeSent(image, meta, () => Promise.reject(refusal))).rejects.toBe(refusal);
  expect(existsSync(dir) ? readdirSync(dir) : []).toEqual([]);
  rmSync(place, { recursive: true });
});
