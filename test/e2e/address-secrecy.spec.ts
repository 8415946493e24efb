import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Passwords } from '../../src/access/sign-in/passwords.ts';
import type { Answer } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
beforeAll(async () => {
  forum = await startForum();
  await forum.member('victim');
});
afterAll(() => forum.close());

/** An answer without what differs each time for everybody: ids, times, tokens; positions as their distance from `from`. */
function plain({ status, headers, body }: Answer, from: bigint, own: readonly string[]): object {
  const shown = [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
  const position = headers.get('colloquy-position');
  const text = JSON.stringify({ status, headers: Object.fromEntries(shown), body });
  const masked = own
    .reduce((whole, each) => whole.replaceAll(each, 'OWN'), text)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
    .replaceAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, 'TOKEN')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|\w{3}, \d\d \w{3} \d{4} [\d:]+ GMT/g, 'TIME');
  const step = position === null ? null : String(BigInt(position) - from);
  return JSON.parse(masked.replaceAll(`"colloquy-position":"${position}"`, `"colloquy-position":"+${step}"`));
}

/** All that somebody learns who registers with an address and then tries everything that an account can. */
async function transcript(handle: string, email: string): Promise<readonly object[]> {
  const [own, changed] = [`my very own words, ${handle}`, `other words of ${handle}`];
  const counted = [jest.spyOn(Passwords.prototype, 'hash'), jest.spyOn(Passwords.prototype, 'verify')];
  const lines: object[] = [];
  const from = BigInt((await forum.call('GET', '/api/v1/posts')).headers.get('colloquy-position') ?? '');
  const step = async (method: string, path: string, body?: object, token?: string): Promise<unknown> => {
    for (const spy of counted) spy.mockClear();
    const answer = await forum.call(method, path, { body, token });
    const hashes = counted.map(({ mock }) => mock.calls.length);
    lines.push({ path: path.replace(handle, 'OWN'), hashes, ...plain(answer, from, [handle, email]) });
    return answer.body;
  };
  const tokenOf = (session: unknown): string => String(Reflect.get(Object(session), 'token'));
  const signIn = (login: string, password: string) => step('POST', '/api/v1/sessions', { login, password });

  await step('POST', '/api/v1/members', { handle, displayName: 'Someone', email, password: own });
  await signIn(email, own);
  const token = tokenOf(await signIn(handle, own));
  await signIn(email, 'not the right words');
  await step('GET', '/api/v1/members/me', undefined, token);
  await step('GET', `/api/v1/members/${handle}`, undefined, token);
  await step('PATCH', '/api/v1/members/me', { password: changed, currentPassword: own }, token);
  await signIn(email, own);
  await step('DELETE', '/api/v1/sessions/current', undefined, tokenOf(await signIn(email.toUpperCase(), changed)));
  await step('POST', '/api/v1/members', { handle, displayName: 'Someone', email, password: own });
  for (const spy of counted) spy.mockRestore();
  return lines;
}

describe('whoever registers with an address', () => {
  test('sees the same whether it has an account or not: answers, positions and the hashes that are made', async () => {
    const taken = await transcript('asker-1', 'victim@example.org');
    const fresh = await transcript('asker-2', 'nobody@example.org');
    const takenTwice = await transcript('asker-3', 'Victim@Example.ORG');

    expect(taken).toHaveLength(11);
    expect(taken).toEqual(fresh);
    expect(takenTwice).toEqual(fresh);
    expect(fresh[1]).toMatchObject({ status: 201, hashes: [1, 1], body: { member: { handle: 'OWN' } } });
  });

  test('an address of nobody is refused with the same work as one that has accounts', async () => {
    const hash = jest.spyOn(Passwords.prototype, 'hash');
    const verify = jest.spyOn(Passwords.prototype, 'verify');
    const tried = async (login: string) => {
      hash.mockClear();
      verify.mockClear();
      const { status, body } = await forum.call('POST', '/api/v1/sessions', {
        body: { login, password: 'wrong words' },
      });
      return { status, body, hashed: hash.mock.calls.length, verified: verify.mock.calls.length };
    };
    const known = await tried('victim@example.org');
    expect(known).toMatchObject({ status: 401, hashed: 1, verified: 1 });
    expect(await tried('unheard-of@example.org')).toEqual(known);
  });

  test('the first one’s own password signs in the first one still', async () => {
    expect((await forum.signIn('victim@example.org')).member.handle).toBe('victim');
    expect((await forum.signIn('victim')).member.handle).toBe('victim');
  });
});
