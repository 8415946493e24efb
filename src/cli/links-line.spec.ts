import { expect, it } from '@jest/globals';
import { linksLine } from './links-line.ts';

it('says where links lead, and how they lead to another address where none is set', () => {
  expect(linksLine('https://forum.example', true)).toBe('links:      lead to https://forum.example');
  expect(linksLine('http://127.0.0.1:3000', false)).toBe(
    'links:      lead to http://127.0.0.1:3000, since PUBLIC_URL is not set here; for another address, set PUBLIC_URL to it and export anew',
  );
});
