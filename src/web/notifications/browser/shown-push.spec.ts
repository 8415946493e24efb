import { expect, test } from '@jest/globals';
import { shownPush } from './shown-push.ts';

test('a push is shown as it says, and replaces without a sound what it takes the place of', () => {
  const push = { tag: 't', title: 'A title', body: 'Words', path: '/posts/a', lang: 'my', quiet: true, read: true };
  expect(shownPush(JSON.stringify(push), 'forum.example')).toEqual({
    tag: 't',
    title: 'A title',
    body: 'Words',
    data: '/posts/a',
    lang: 'my',
    silent: true,
    read: true,
  });
});

test.each(['', 'no JSON', '1', 'null', '[]', '{"title":1,"quiet":"yes","read":1}'])(
  '%s still shows that there is something',
  (text) => {
    expect(shownPush(text, 'forum.example')).toEqual({
      tag: 'forum.example',
      title: 'forum.example',
      body: '',
      data: '/notifications',
      lang: '',
      silent: false,
      read: false,
    });
  },
);
