import { expect, it } from '@jest/globals';
import { counted } from './counted.ts';

it('one is told as one', () => {
  expect([counted(0, 'post'), counted(1, 'post'), counted(2, 'post')]).toEqual(['0 posts', '1 post', '2 posts']);
  expect([counted(1, 'reply', 'replies'), counted(3, 'reply', 'replies')]).toEqual(['1 reply', '3 replies']);
});
