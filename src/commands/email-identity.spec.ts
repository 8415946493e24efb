import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { metaOf } from '../../test/support/given.ts';
import { openRecordingForum, type RecordingForum } from '../../test/support/recording-forum.ts';
import { ReleaseName, ReserveName } from '../domain/reservation/reservation.commands.ts';

/** Two addresses that older versions took for one. */
const SHARP = 'dora@stra\u00dfe.example';
const DOUBLE = 'dora@strasse.example';

let forum: RecordingForum;
beforeEach(async () => {
  forum = await openRecordingForum();
});
afterEach(() => forum.close());

const meta = () => metaOf({ commandId: randomUUID() });

async function member(handle: string, email: string): Promise<string> {
  const { actor: _, ...by } = meta();
  const wish = { handle, displayName: handle, email, password: `a long password of ${handle}`, locale: 'en' };
  return (await forum.registration.register(wish, by)).memberId;
}

async function confirm(memberId: string, email: string): Promise<void> {
  await forum.confirming.reserve({ memberId, email }, meta());
  await forum.confirming.confirm({ memberId, email }, meta());
}

const found = async (email: string) => (await forum.members.allByLogin(email)).map(({ handle }) => handle);
const confirmed = async (email: string) => (await forum.members.byConfirmed(email))?.handle;

test('an address that looks like another one finds nobody of the other', async () => {
  await confirm(await member('victim', 'victim@example.org'), 'victim@example.org');
  await confirm(await member('sharp', SHARP), SHARP);
  for (const other of ['v\u0131ctim@example.org', '\uff56ictim@example.org', DOUBLE]) {
    expect([other, await found(other), await confirmed(other)]).toEqual([other, [], undefined]);
  }
  expect([await found('VICTIM@Example.org'), await confirmed(SHARP.toUpperCase())]).toEqual([['victim'], undefined]);
  expect([await found('DORA@stra\u00dfe.EXAMPLE'), await confirmed('dora@xn--strae-oqa.example')]).toEqual([
    ['sharp'],
    'sharp',
  ]);
});

test('a member whose names were folded by an older version is still found, and keeps nobody from its own address', async () => {
  const { names } = forum.members;
  const sharp = await member('sharp', SHARP);
  await confirm(sharp, SHARP);
  for (const [now, before] of [
    [names.places(SHARP)[0], names.places(DOUBLE)[0]],
    [names.confirmed(SHARP), names.confirmed(DOUBLE)],
  ]) {
    await forum.commands.execute(new ReleaseName({ name: now ?? '', holder: sharp }, meta()));
    await forum.commands.execute(new ReserveName({ name: before ?? '', holder: sharp }, meta()));
  }
  expect([await found(SHARP), await confirmed(SHARP), await found(DOUBLE)]).toEqual([['sharp'], 'sharp', []]);

  await confirm(await member('double', DOUBLE), DOUBLE);
  expect([await found(DOUBLE), await confirmed(DOUBLE), await confirmed(SHARP)]).toEqual([
    ['double'],
    'double',
    'sharp',
  ]);
  const late = await member('late', SHARP);
  await expect(confirm(late, SHARP)).rejects.toMatchObject({ code: 'email_taken' });
});
