import { expect, it } from '@jest/globals';
import { otherSchemes } from './other-schemes.tsx';

const SITES = [
  { site: 'http://blog.example', pages: 158 },
  { site: 'https://blog.example', pages: 1 },
  { site: 'http://other.example', pages: 2 },
];

it('offers to lead pages of http to the site that is named with https alone', () => {
  expect(otherSchemes({ embedOrigins: ['https://blog.example'] }, SITES)).toEqual([
    { from: 'http://blog.example', to: 'https://blog.example', pages: 158 },
  ]);
  expect(otherSchemes({ embedOrigins: ['https://blog.example', 'http://blog.example'] }, SITES)).toEqual([]);
  expect(otherSchemes({ embedOrigins: ['http://other.example'] }, SITES)).toEqual([]);
  expect(otherSchemes({}, SITES)).toEqual([]);
});
