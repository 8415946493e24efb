import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { isErased } from '../../libs/kernel/index.ts';
import { outboxName } from '../../libs/mail/index.ts';
import { KeepDraft } from '../../src/domain/draft/draft.commands.ts';
import { RequestLink } from '../../src/domain/link/link.commands.ts';
import { PushTestDevice } from '../support/push-device.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

const DAY_MS = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

/** Whom the link is for, as the log tells it now. */
async function askedFor({ forum }: RunningForum, linkId: string): Promise<unknown> {
  for await (const { id, stream, type, sealed } of forum.log.store.readStream(`link-${linkId}`)) {
    if (sealed !== null) return forum.log.vault.open(sealed, { id, stream, type });
  }
  throw new Error('there is no such link');
}

async function ask({ forum }: RunningForum, now: string): Promise<string> {
  const linkId = randomUUID();
  const meta = { commandId: randomUUID(), actor: 'system', now, correlationId: randomUUID(), causationId: null };
  const wish = {
    linkId,
    purpose: 'reset',
    memberId: null,
    email: 'linh@example.org',
    next: null,
    since: null,
  } as const;
  await forum.app.get(CommandBus).execute(new RequestLink(wish, meta));
  return linkId;
}

test('old mails leave the outbox, and a link that ran out long ago is for nobody any more', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'colloquy-tidied-'));
  const env = { DATA_DIR: dataDir };
  const before = await startForum({ env });
  const [old, recent] = [await ask(before, daysAgo(3)), await ask(before, daysAgo(0))];
  await before.close();
  mkdirSync(join(dataDir, 'outbox'));
  const [stale, kept] = [31, 29].map((days) => join(dataDir, 'outbox', outboxName(daysAgo(days), randomUUID())));
  for (const file of [stale, kept]) writeFileSync(file ?? '', 'Subject: A mail\r\n\r\nText');
  const forum = await startForum({ env, reacts: true });
  const erased = async (): Promise<boolean> => !JSON.stringify(await askedFor(forum, old)).includes('linh@');
  const deadline = Date.now() + 30_000;
  while ((existsSync(stale ?? '') || !(await erased())) && Date.now() < deadline) await pause(20);
  expect([existsSync(stale ?? ''), existsSync(kept ?? ''), await erased()]).toEqual([false, true, true]);
  expect(await askedFor(forum, recent)).toMatchObject({ email: 'linh@example.org' });
  await forum.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('a draft that nobody touched for 90 days is dropped, and its key destroyed', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'colloquy-tidied-'));
  const env = { DATA_DIR: dataDir };
  const before = await startForum({ env });
  const [old, recent] = [randomUUID(), randomUUID()];
  const member = await before.member('long-away');
  const by = { memberId: member.member.id, roles: [] };
  const place = { postId: randomUUID(), parentId: null, commentId: null };
  for (const [draftId, now] of [
    [old, daysAgo(91)],
    [recent, daysAgo(89)],
  ] as const) {
    const meta = { commandId: randomUUID(), actor: 'system', now, correlationId: randomUUID(), causationId: null };
    const wish = { by, draftId, placeId: randomUUID(), place, body: 'Once begun', over: null };
    await before.forum.app.get(CommandBus).execute(new KeepDraft(wish, meta));
  }
  await before.close();
  const forum = await startForum({ env, reacts: true });
  await until(async () => (await textOf(forum, old)) === 'erased');
  expect(await textOf(forum, recent)).toBe('Once begun');
  const types: string[] = [];
  for await (const { type } of forum.forum.log.store.readStream(`draft-${old}`)) types.push(type);
  expect(types).toEqual(['DraftKept.v1', 'DraftDropped.v1']);
  await forum.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('a device that ended with its session is taken off, and its key destroyed; another of the member stays', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'colloquy-tidied-'));
  const env = { DATA_DIR: dataDir };
  const before = await startForum({ env });
  const { member, token } = await before.member('two-devices');
  const other = await before.signIn(member.handle);
  const path = '/api/v1/members/me/push';
  for (const by of [token, other.token]) {
    const body = new PushTestDevice(`https://push.example/${by === token ? 'ended' : 'stands'}`).wish;
    await before.done('PUT', path, { token: by, body });
  }
  await before.call('DELETE', '/api/v1/sessions/current', { token });
  await before.close();
  const forum = await startForum({ env, reacts: true });
  const stream = `subscriptions-${member.id}`;
  const known = async (): Promise<readonly unknown[]> => {
    const found: unknown[] = [];
    for await (const { id, type, sealed } of forum.forum.log.store.readStream(stream)) {
      const words = sealed && (await forum.forum.log.vault.open(sealed, { id, stream, type }));
      found.push(words === null || isErased(words) ? type : Reflect.get(words, 'endpoint'));
    }
    return found;
  };
  const tidied = ['PushSubscribed.v1', 'https://push.example/stands', 'PushUnsubscribed.v1'];
  await until(async () => String(await known()) === String(tidied));
  await forum.done('PUT', path, { token: other.token, body: new PushTestDevice('https://push.example/next').wish });
  expect(await known()).toEqual([...tidied, 'https://push.example/next']);
  await forum.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function textOf({ forum }: RunningForum, draftId: string): Promise<unknown> {
  for await (const { id, stream, type, sealed } of forum.log.store.readStream(`draft-${draftId}`)) {
    const personal = sealed && (await forum.log.vault.open(sealed, { id, stream, type }));
    return personal === null || isErased(personal) ? 'erased' : Reflect.get(personal, 'body');
  }
  return null;
}
