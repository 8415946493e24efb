import { expect, it } from '@jest/globals';
import { imageAddress, siteHostOf } from './image-address.ts';

it.each<[string, string, readonly string[]]>([
  ['http://www.blog.example/2015/10/map.png?w=300#x', 'blog.example', ['blog.example/2015/10/map.png']],
  [
    'https://blog.example:8080/map-300x200.JPG',
    'blog.example:8080',
    ['blog.example:8080/map.JPG', 'blog.example:8080/map-300x200.JPG'],
  ],
  ['https://blog.example/a-scaled.jpg', 'blog.example', ['blog.example/a.jpg', 'blog.example/a-scaled.jpg']],
  ['https://i2.wp.com/blog.example/a.png?resize=1', 'blog.example', ['blog.example/a.png']],
  ['https://blog.example/s%C3%B4ng.png', 'blog.example', ['blog.example/sông.png']],
  ['https://blog.example/so%CC%82ng.png', 'blog.example', ['blog.example/sông.png']],
  ['https://blog.example/%zz.png', 'blog.example', ['blog.example/%zz.png']],
  ['https://blog.example/image.php?id=3', 'blog.example', ['blog.example/image.php?id=3']],
  ['ftp://blog.example/a.png', '', []],
  ['images/a.png', '', []],
  ['http://', '', []],
])('%s is of %j, and named by %j', (address, host, keys) => {
  const found = imageAddress(address);
  expect([found.host, found.names.map(({ key }) => key)]).toEqual([host, keys]);
});

it('a site is known by its host and port', () => {
  expect(['http://www.Blog.example/x', 'https://blog.example:444', 'mailto:a@b', ''].map(siteHostOf)).toEqual([
    'blog.example',
    'blog.example:444',
    '',
    '',
  ]);
});
