import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { PreviewTokens } from './preview-tokens.ts';

test('a token is read by the forum that signed it, and by no other', () => {
  const [tokens, others] = [new PreviewTokens(() => 'secret'), new PreviewTokens(() => 'other')];
  const id = randomUUID();
  const token = tokens.write(id);
  expect(token).toMatch(/^[\w-]{43}$/);
  expect([tokens.read(token), tokens.write(id), others.read(token)]).toEqual([id, token, null]);
});

test('nothing else is read: another id, a changed or longer token, other characters', () => {
  const tokens = new PreviewTokens(() => 'secret');
  const token = tokens.write(randomUUID());
  const swapped = tokens.write(randomUUID()).slice(0, 21) + token.slice(21);
  const wrong = [swapped, `${token}A`, token.slice(1), `${token.slice(0, -1)}!`, token.replace(/^./, '='), '', 'x'];
  for (const one of wrong) expect(tokens.read(one)).toBeNull();
  for (let at = 0; at < token.length; at += 1) {
    const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
    expect(tokens.read(changed)).toBeNull();
  }
});
