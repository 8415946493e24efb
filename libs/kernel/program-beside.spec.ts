import { expect, it } from '@jest/globals';
import { programBeside } from './program-beside.ts';

it('finds a program beside a source and beside what was built of it', () => {
  expect(programBeside('file:///a/b.ts', 'x.worker').href).toBe('file:///a/x.worker.ts');
  expect(programBeside('file:///a/b.js', 'x.worker').href).toBe('file:///a/x.worker.js');
  expect(programBeside('file:///a/b/c.ts', '../d/x.worker').href).toBe('file:///a/d/x.worker.ts');
});
