import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from '@jest/globals';
import { stopThread } from './end-thread.ts';

const HERE = JSON.stringify(new URL('./end-thread.ts', import.meta.url));

/** Works without a turn of its event loop, as SQLite does, until it is asked to stop; then it closes what it has open. */
const BUSY = `
  const { parentPort } = require('node:worker_threads');
  import(${HERE}).then(({ stopIfAsked }) => {
    parentPort.postMessage('working');
    try {
      for (;;) stopIfAsked();
    } catch (error) {
      parentPort.postMessage('closed since ' + error.message);
    }
  });
`;

it('a busy thread is asked to stop, and closes what it has open by itself', async () => {
  const worker = new Worker(BUSY, { eval: true });
  await once(worker, 'message');
  const last = once(worker, 'message');

  await stopThread(worker);

  expect(await last).toEqual(['closed since it was asked to stop']);
}, 20_000);
