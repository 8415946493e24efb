import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { outboxName } from '../../libs/mail/index.ts';
import { RequestLink } from '../../src/domain/link/link.commands.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

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
