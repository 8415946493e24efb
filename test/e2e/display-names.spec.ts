import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
beforeAll(async () => {
  forum = await startForum();
  await forum.member('mali', ['moderator']);
});
afterAll(() => forum.close());

const refused = {
  status: 400,
  body: {
    code: 'invalid',
    errors: [{ field: 'displayName', message: 'is the name of another member, whom it would pass for' }],
  },
};

test('nobody takes a moderator’s name, neither at registration nor later; one’s own is kept', async () => {
  const { token } = await forum.member('somebody');
  const change = (displayName: string, by = token) =>
    forum.call('PATCH', '/api/v1/members/me', { token: by, body: { displayName } });
  const wish = { handle: 'other', email: 'other@example.org', password: 'correct horse battery' };

  for (const displayName of ['Name of mali', 'name of MALI', 'Ma li', '@somebody']) {
    const answer = await forum.call('POST', '/api/v1/members', { body: { ...wish, displayName } });
    expect([displayName, answer]).toMatchObject([displayName, refused]);
  }
  for (const displayName of ['Name of mali', 'mali', '@the-admin'])
    expect([displayName, await change(displayName)]).toMatchObject([displayName, refused]);
  for (const displayName of ['Name of somebody', 'Somebody', 'somebody', '@somebody', 'Malika'])
    expect([displayName, await change(displayName)]).toMatchObject([displayName, { status: 200 }]);
});

test('a name that another was given a role under is kept by who had it before', async () => {
  const one = await forum.member('early-one');
  const other = await forum.member('early-two');
  const change = (displayName: string, by: string) =>
    forum.call('PATCH', '/api/v1/members/me', { token: by, body: { displayName, locale: 'th' } });
  for (const { token } of [one, other]) expect(await change('Anna', token)).toMatchObject({ status: 200 });
  const { token } = await forum.admin();
  await forum.done('PUT', `/api/v1/members/${other.member.id}/roles`, { token, body: { roles: ['editor'] } });

  expect(await change(' Anna ', one.token)).toMatchObject({ status: 200, body: { displayName: 'Anna' } });
  expect(await change('ANNA', one.token)).toMatchObject(refused);
  expect(await change('ANNA', other.token)).toMatchObject({ status: 200, body: { displayName: 'ANNA' } });
});

test('the forms say why a name of the staff is refused, and what to do', async () => {
  const words = 'This name belongs to the forum or to one of its staff';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const fields = {
    handle: 'other',
    displayName: 'Name of mali',
    email: 'other@example.org',
    password: 'correct horse 12',
  };
  const raw = new URLSearchParams(fields).toString();
  const answer = await forum.call('POST', '/register', { headers, raw });
  expect([answer.status, answer.body]).toEqual([400, expect.stringContaining(words)]);
  expect(answer.body).not.toContain('This is not accepted.');
});
