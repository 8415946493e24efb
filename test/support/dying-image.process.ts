import { randomUUID } from 'node:crypto';
import { ImageFiles, imagesDir } from '../../libs/images/index.ts';
import { ImageStoring } from '../../src/commands/store-image.ts';
import { drawn } from './pictures.ts';

/**
 * `DATA_DIR`: puts the files of an image into it as an import does, and is killed where its event would be recorded. The
 * log is another process's meanwhile.
 */
const [dataDir = ''] = process.argv.slice(2);

const storing = new ImageStoring(
  {
    execute: () => {
      process.kill(process.pid, 'SIGKILL');
      throw new Error('the program was killed, and goes on');
    },
  },
  { readStream: async function* () {} },
  new ImageFiles(imagesDir(dataDir)),
);

await storing.store(
  { imageId: randomUUID(), ownerId: null, address: null, alt: null, bytes: await drawn(600, 400).png().toBuffer() },
  {
    commandId: randomUUID(),
    actor: 'system',
    now: '2026-11-24T12:00:00Z',
    correlationId: randomUUID(),
    causationId: null,
  },
);
