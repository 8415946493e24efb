import { expect, it } from '@jest/globals';
import { emailIdentity, mailboxOf, mailedAddress } from './email-address.ts';

it.each([
  ['Dora@STRASSE.Example', 'dora@strasse.example'],
  [' dora@strasse.example ', 'dora@strasse.example'],
  ['dora@stra\u00dfe.example', 'dora@xn--strae-oqa.example'],
  ['dora@\uff53trasse.example', 'dora@strasse.example'],
  ['dora@strasse.example.', 'dora@strasse.example'],
  ['dora@strasse.example\u3002', 'dora@strasse.example'],
  ['jos\u0065\u0301@a.example', 'jos\u00e9@a.example'],
])('%s and %s are one address', (one, other) => {
  expect(emailIdentity(one)).toBe(emailIdentity(other));
});

it.each([
  ['dora@stra\u00dfe.example', 'dora@strasse.example'],
  ['v\u0131ctim@a.example', 'victim@a.example'],
  ['mi\u212ae@a.example', 'mike@a.example'],
  ['\u017fam@a.example', 'sam@a.example'],
  ['\uff53am@a.example', 'sam@a.example'],
  ['JOS\u00c9@a.example', 'jos\u00e9@a.example'],
  ['a@a.example', 'a@exa%6dple.com'],
  ['a@m.example', 'a@%6d.example'],
  ['a@b', 'a@b/c'],
])('%s and %s are two addresses', (one, other) => {
  expect(emailIdentity(one)).not.toBe(emailIdentity(other));
});

it('sends mail to the domain that was compared', () => {
  expect(mailedAddress('D\u00f3ra@\u017ftra\u00dfe.example')).toBe('D\u00f3ra@xn--strae-oqa.example');
  expect(mailedAddress('dora@strasse.example.')).toBe('dora@strasse.example');
  expect(mailedAddress('dora@strasse.example')).toBe('dora@strasse.example');
});

it('the mailbox behind an address is the same for what its provider delivers there', () => {
  const same = ['Som.Chai@gmail.com', 'somchai+forum@gmail.com', 's.o.m.chai@googlemail.com', 'somchai+a+b@GMAIL.com.'];
  expect(same.map(mailboxOf)).toEqual(same.map(() => 'somchai@gmail.com'));
  expect(['a.b+c@example.org', 'ab@example.org', '+x@example.org'].map(mailboxOf)).toEqual([
    'a.b@example.org',
    'ab@example.org',
    '+x@example.org',
  ]);
});
