import { expect, test } from '@jest/globals';
import { render } from 'preact-render-to-string';
import { WithTitle } from './with-title.tsx';

test('a title stands in its sentence in its own language, whatever it says itself', () => {
  const around = (title: string) => `Answer to “${title}” by Mai`;
  expect(render(<WithTitle around={around} title="Sông & núi" lang="vi" />)).toBe(
    'Answer to “<bdi lang="vi">Sông &amp; núi</bdi>” by Mai',
  );
  expect(render(<WithTitle around={() => 'None'} title="x" lang={undefined} />)).toBe('None<bdi>x</bdi>');
});
