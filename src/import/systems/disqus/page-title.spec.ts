import { expect, it } from '@jest/globals';
import { disqusTitle } from './page-title.ts';

it.each(['###disqustitle***', ' ###disqus_title### ', '###DISQUSTITLE***'])('%s is no title', (title) => {
  expect(disqusTitle(title)).toBe('');
});

it.each(['Disqus titles, and how I came to them', '### Notes ***', ''])('“%s” stays as it is', (title) => {
  expect(disqusTitle(title)).toBe(title);
});
