import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { Workbench } from './workbench.ts';

it('begins no further work once it is closed, as who verifies one view after the other would have it', async () => {
  const dir = join(mkdtempSync(join(tmpdir(), 'colloquy-workbench-')), 'scratch');
  const workbench = new Workbench({ kind: 'none' }, dir);
  await workbench.close();

  await expect(workbench.work({ kind: 'digests', files: [] })).rejects.toThrow('about to end');
  expect(existsSync(dir)).toBe(false);
});
