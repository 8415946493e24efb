import { expect, it, jest } from '@jest/globals';
import 'reflect-metadata';

it('a live message without an entry in the table of permissions stops the start', async () => {
  const { PERMISSIONS, ...rest } = await import('../../src/permissions.ts');
  const { 'live thread:typing': _missing, ...others } = PERMISSIONS;
  jest.unstable_mockModule('../../src/permissions.ts', () => ({ ...rest, PERMISSIONS: others }));
  jest.resetModules();
  const { startForum } = await import('../support/running-forum.ts');

  await expect(startForum()).rejects.toThrow('live thread:typing has no entry in src/permissions.ts');
});
