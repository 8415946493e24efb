import { expect, test } from '@jest/globals';
import { viewDefinitions } from '../../views/definitions.ts';
import { viewWords } from './view-words.tsx';

test('each view is said in words', () => {
  expect(viewDefinitions.map(({ name }) => name).filter((name) => viewWords(name) === null)).toEqual([]);
});
