import { expect, test } from '@jest/globals';
import { emailOf } from './email.ts';

test.each(['\u200b', '\u2060', '\u00ad', '\u034f', '\u3164', '\u2800', '\ufeff', '\u{e0061}', '\u202e'])(
  'an address with a character that nobody sees is refused, and the character is named (case %#)',
  (unseen) => {
    const code = unseen.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    for (const address of [`a${unseen}b@example.org`, `ab@exam${unseen}ple.org`, `ab@example.org${unseen}.`]) {
      expect(() => emailOf(address, 'guest.email')).toThrow(
        expect.objectContaining({
          code: 'invalid',
          errors: [{ field: 'guest.email', message: expect.stringMatching(`U\\+${code}|writing direction`) }],
        }),
      );
    }
  },
);

test.each(['\u0000', '\u0007', '\u007f', '\u0085', '\ud800', '\t', '\n', ' '])(
  'nor is one with a control character, half a character or a space (case %#)',
  (character) => {
    expect(() => emailOf(`a${character}b@example.org`)).toThrow(expect.objectContaining({ code: 'invalid' }));
  },
);

test.each([
  'a(b)@example.org',
  '"a"@example.org',
  'a<b@example.org',
  `${'a'.repeat(65)}@example.org`,
  'a@b@c',
  'ab@',
  '@bc',
])('%s is no address that mail goes to', (address) => {
  expect(() => emailOf(address)).toThrow('must be an e-mail address');
});

test.each(['dora@stra\u00dfe.example', 'สมชาย@ไทย.example', 'jos\u00e9+forum@a.example', 'a@b', 'a_b.c-d@x.org'])(
  '%s is one',
  (address) => {
    expect(emailOf(` ${address} `)).toBe(address);
  },
);
