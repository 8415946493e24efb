import { expect, test } from '@jest/globals';
import { deriveId, isUuid } from './ids.ts';

/** The log is full of ids that were made so: a repeat is recognised only as long as none of them ever changes. */
test.each([
  [['command', 0], '56fca5ee-6dcb-820d-9bac-31ce9212b510'],
  [['import:wordpress', '12'], '1bb9e302-b20b-8cb5-a293-a4ce1a9071ba'],
  [['0f9d1c2e-1111-4222-8333-444455556666', 'PostComment', 'ស'], 'dc5e8e35-969a-8504-baeb-74243d7bc032'],
])('%j is always the same id', (parts, id) => {
  expect(deriveId(...parts)).toBe(id);
  expect(isUuid(id)).toBe(true);
});
