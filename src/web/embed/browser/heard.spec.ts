import { describe, expect, it } from '@jest/globals';
import { heardIn } from './heard.ts';

describe('a message to a frame', () => {
  it.each([
    [
      { kind: 'hello', comment: '#comment-1' },
      { kind: 'hello', comment: '#comment-1' },
    ],
    [
      { kind: 'hello', comment: null },
      { kind: 'hello', comment: null },
    ],
    [
      { kind: 'hello', comment: { toString: 1 } },
      { kind: 'hello', comment: null },
    ],
    [
      { kind: 'hello', comment: 'x'.repeat(101) },
      { kind: 'hello', comment: null },
    ],
    [
      { kind: 'theme', theme: 'dark', more: 1 },
      { kind: 'theme', theme: 'dark' },
    ],
    [{ kind: 'theme', theme: { toString: 1 } }, null],
    [{ kind: 'theme', theme: 'x'.repeat(101) }, null],
    [
      { kind: 'sso', token: '' },
      { kind: 'sso', token: '' },
    ],
    [{ kind: 'sso', token: { toString: 1 } }, null],
    [{ kind: 'sso', token: 'x'.repeat(4_097) }, null],
    [{ kind: 'theme' }, null],
    [{ kind: { toString: 1 }, theme: 'dark' }, null],
    [{}, null],
    [7, null],
    [null, null],
  ])('%j is heard as %j', (message, heard) => {
    expect(heardIn({ colloquy: message })).toEqual(heard);
  });

  it.each([[null], [undefined], [7], ['colloquy'], [[]], [{ other: { kind: 'theme', theme: 'dark' } }]])(
    'is none in %j',
    (data) => {
      expect(heardIn(data)).toBeNull();
    },
  );
});
