import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { PERMISSIONS } from '../../src/permissions.ts';
import { startForum } from '../support/running-forum.ts';

const MESSAGE = 'live thread:typing';
const permission = PERMISSIONS[MESSAGE];

beforeEach(() => {
  Reflect.deleteProperty(PERMISSIONS, MESSAGE);
});

afterEach(() => {
  Reflect.set(PERMISSIONS, MESSAGE, permission);
});

it('a live message without an entry in the table of permissions stops the start', async () => {
  await expect(startForum()).rejects.toThrow('live thread:typing has no entry in src/permissions.ts');
});
