import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { Progress } from './progress.ts';

const written = (stream: PassThrough): string => String(stream.read() ?? '');

describe('progress', () => {
  it('given no terminal, writes plain lines, at most one a second', () => {
    const stream = Object.assign(new PassThrough(), { isTTY: false });
    let now = 0;
    const progress = new Progress('import', stream, () => now);
    for (now = 0; now <= 2_400; now += 100) progress.show(now, 4_800, `${now} posts`);
    progress.end();
    expect(written(stream)).toBe('import: 20 % (1000 posts)\nimport: 41 % (2000 posts)\n');
  });

  it('given a terminal, draws a bar', () => {
    const stream = Object.assign(new PassThrough(), {
      isTTY: true,
      columns: 80,
      cursorTo: () => true,
      clearLine: () => true,
      moveCursor: () => true,
    });
    const progress = new Progress('import', stream);
    progress.show(1, 2, '7 posts');
    progress.end();
    expect(written(stream)).toContain('import');
  });
});
