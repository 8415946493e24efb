import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { OwnSession, Page, Passkey, PasskeyCreation, Session } from '../../libs/client/index.ts';
import { type Answer, PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { type Cbor, SoftAuthenticator, type Told } from '../support/soft-authenticator.ts';
import { addPasskey, requestOptions, turnOn } from '../support/two-factors.ts';

const KEYS = '/api/v1/members/me/passkeys';
let forum: RunningForum;
beforeAll(async () => {
  forum = await startForum({ env: { HOST: 'localhost' } });
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => forum.close());

const creationOptions = ({ token }: TestMember) => forum.done<PasskeyCreation>('POST', `${KEYS}/options`, { token });
const add = ({ token }: TestMember, passkey: unknown, name = 'Key') =>
  forum.call('POST', KEYS, { token, body: { passkey, name } });
const enter = (passkey: unknown) => forum.call('POST', '/api/v1/sessions', { body: { passkey } });

const failed = { status: 401, body: expect.objectContaining({ code: 'login_failed' }) };
const refusedPasskey = {
  status: 400,
  body: expect.objectContaining({ code: 'invalid', errors: [{ field: 'passkey', message: expect.any(String) }] }),
};
const sessionIn = ({ body }: Answer): Session => Object(body);

/** A public key as COSE (RFC 9053), under the algorithm that passkeys have for its kind. */
function coseOf(key: KeyObject): ReadonlyMap<number, Cbor> {
  const jwk = key.export({ format: 'jwk' });
  const [x, y, n, e] = [jwk.x, jwk.y, jwk.n, jwk.e].map((part) => Buffer.from(part ?? '', 'base64url'));
  switch (jwk.kty) {
    case 'RSA':
      return mapOf([1, 3], [3, -257], [-1, n], [-2, e]);
    case 'EC':
      return mapOf([1, 2], [3, -7], [-1, jwk.crv === 'P-256' ? 1 : 2], [-2, x], [-3, y]);
    default:
      return mapOf([1, 1], [3, -8], [-1, jwk.crv === 'Ed25519' ? 6 : 7], [-2, x]);
  }
}

function mapOf(...entries: readonly (readonly [number, Cbor | undefined])[]): ReadonlyMap<number, Cbor> {
  return new Map(entries.map(([name, value]) => [name, value ?? '']));
}

describe('a passkey', () => {
  test('signs in without a name and a password, also where there is a second factor', async () => {
    const member = await forum.member('keyed');
    const { authenticator, passkey } = await addPasskey(forum, member);
    expect(passkey).toEqual({ id: expect.any(String), name: 'Key', createdAt: expect.any(String) });
    await turnOn(forum, member);
    const answer = await enter(authenticator.get(await requestOptions(forum)));
    expect(answer).toMatchObject({ status: 201, body: { member: { handle: 'keyed' } } });
    const { token } = sessionIn(answer);
    const { items } = await forum.done<Page<OwnSession>>('GET', '/api/v1/sessions', { token });
    expect(items[0]).toMatchObject({ current: true, way: 'passkey' });
  });

  test('is asked for by options that name nobody', async () => {
    const options = await requestOptions(forum);
    expect(options).toEqual({
      challenge: expect.stringMatching(/^[\w-]{40,}$/),
      rpId: 'localhost',
      timeout: 300_000,
      userVerification: 'required',
    });
    expect((await requestOptions(forum)).challenge).not.toBe(options.challenge);
  });

  test('is made for this member alone, and not twice on one authenticator', async () => {
    const member = await forum.member('twice');
    const { authenticator } = await addPasskey(forum, member);
    const options = await creationOptions(member);
    expect(options).toMatchObject({
      rp: { id: 'localhost' },
      user: { name: 'twice' },
      attestation: 'none',
      excludeCredentials: [{ type: 'public-key' }],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    expect(await add(member, authenticator.create(options))).toMatchObject({ status: 409 });
    const other = await forum.member('not-twice');
    expect(await add(other, new SoftAuthenticator(forum.url).create(options))).toMatchObject(refusedPasskey);
  });

  test('of one member is not added to another account, in the words of any failed one', async () => {
    const [first, second] = [await forum.member('has-it'), await forum.member('wants-it')];
    const { authenticator } = await addPasskey(forum, first);
    expect(await add(second, authenticator.create(await creationOptions(second)))).toMatchObject(refusedPasskey);
    expect(await enter(authenticator.get(await requestOptions(forum)))).toMatchObject({ status: 401 });
    const { authenticator: kept } = await addPasskey(forum, second);
    expect(await enter(kept.get(await requestOptions(forum)))).toMatchObject({ status: 201 });
  });

  test.each<[string, Told]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['another port of this name', { origin: 'http://localhost:1' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['no verified owner', { userVerified: false }],
    ['the other ceremony', { type: 'webauthn.create' }],
    ['another credential', { credentialId: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['nobody', { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['no handle', { userHandle: '' }],
  ])('signs nobody in with %s', async (what, told) => {
    const member = await forum.member(`told-${what.replaceAll(' ', '-')}`.slice(0, 30));
    const { authenticator } = await addPasskey(forum, member);
    expect(await enter(authenticator.get(await requestOptions(forum), told))).toMatchObject(failed);
    expect((await enter(authenticator.get(await requestOptions(forum)))).status).toBe(201);
  });

  test.each<[string, Told]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['no verified owner', { userVerified: false }],
    ['the other ceremony', { type: 'webauthn.get' }],
  ])('is not added with %s', async (what, told) => {
    const member = await forum.member(`adds-${what.replaceAll(' ', '-')}`.slice(0, 30));
    const authenticator = new SoftAuthenticator(forum.url);
    expect(await add(member, authenticator.create(await creationOptions(member), told))).toMatchObject(refusedPasskey);
    const crossed = authenticator.create({ ...(await creationOptions(member)), ...(await requestOptions(forum)) });
    expect(await add(member, crossed)).toMatchObject(refusedPasskey);
  });

  test('is asked for with the algorithms that every authenticator has, whatever the machine of the forum can', async () => {
    const { pubKeyCredParams } = await creationOptions(await forum.member('algorithms'));
    expect(pubKeyCredParams.map(({ type, alg }) => [type, alg])).toEqual([
      ['public-key', -8],
      ['public-key', -7],
      ['public-key', -257],
    ]);
  });

  test.each([-48, -47, -35])('of another algorithm (%i) is refused when it is added, which says why', async (alg) => {
    const member = await forum.member(`algorithm${-alg}`);
    const options = await creationOptions(member);
    const authenticator = new SoftAuthenticator(forum.url);
    const message =
      'signs by an algorithm that this forum does not take: it takes EdDSA (-8), ES256 (-7) and RS256 (-257)';
    expect(await add(member, authenticator.create(options, { algorithm: alg }))).toMatchObject({
      status: 400,
      body: { code: 'invalid', detail: `The passkey ${message}.`, errors: [{ field: 'passkey', message }] },
    });
    expect((await add(member, authenticator.create(options))).status).toBe(201);
  });

  test.each<[string, KeyObject, boolean]>([
    ['RSA with 1,024 bits', generateKeyPairSync('rsa', { modulusLength: 1_024 }).publicKey, false],
    ['RSA with 2,040 bits', generateKeyPairSync('rsa', { modulusLength: 2_040 }).publicKey, false],
    ['P-384 as ES256', generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey, false],
    ['Ed448 as EdDSA', generateKeyPairSync('ed448').publicKey, false],
    ['RSA with 2,048 bits', generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey, true],
    ['Ed25519', generateKeyPairSync('ed25519').publicKey, true],
  ])('with a key of %s is taken when that is a safe one, else refused in words', async (what, key, isTaken) => {
    const member = await forum.member(what.replaceAll(/[ ,]/g, '-').toLowerCase());
    const options = await creationOptions(member);
    const passkey = new SoftAuthenticator(forum.url).create(options, { publicKey: coseOf(key) });
    const message =
      'has a key that this forum does not take: it takes Ed25519 for EdDSA, P-256 for ES256, and 2048 to 16384 bits for RS256';
    const refused = { status: 400, body: { code: 'invalid', errors: [{ field: 'passkey', message }] } };
    expect(await add(member, passkey)).toMatchObject(isTaken ? { status: 201 } : refused);
  });

  const rsa = (e: readonly number[], lastOfModulus = 0xc5): ReadonlyMap<number, Cbor> => {
    const n = Buffer.alloc(256, 0xc5);
    n.writeUInt8(lastOfModulus, 255);
    return mapOf([1, 3], [3, -257], [-1, n], [-2, Buffer.from(e)]);
  };
  const { x: pointX = '', y: pointY = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
    format: 'jwk',
  });
  const point = { x: Buffer.from(pointX, 'base64url'), y: Buffer.from(pointY, 'base64url') };
  const onP256 = (x: Buffer, y: Buffer) => mapOf([1, 2], [3, -7], [-1, 1], [-2, x], [-3, y]);
  const offCurve = Buffer.from(point.y);
  offCurve.writeUInt8(offCurve.readUInt8(31) ^ 1, 31);
  const onEd25519 = (hex: string) => mapOf([1, 1], [3, -8], [-1, 6], [-2, Buffer.from(hex, 'hex')]);

  test.each<[string, ReadonlyMap<number, Cbor>]>([
    ['rsa-e-none', rsa([])],
    ['rsa-e-0', rsa([0])],
    ['rsa-e-1', rsa([1])],
    ['rsa-e-01', rsa([0, 1])],
    ['rsa-e-2', rsa([2])],
    ['rsa-e-even', rsa([1, 0, 0])],
    ['rsa-e-long', rsa([1, 0, 0, 0, 1])],
    ['rsa-n-even', rsa([1, 0, 1], 0xc4)],
    ['point-off-curve', onP256(point.x, offCurve)],
    ['point-zero', onP256(Buffer.alloc(32), Buffer.alloc(32))],
    ['point-past-p', onP256(Buffer.alloc(32, 0xff), point.y)],
    ['point-short', onP256(point.x.subarray(1), point.y)],
    ['point-long', onP256(Buffer.concat([Buffer.alloc(1), point.x]), point.y)],
    ['ed25519-short', onEd25519('07'.repeat(31))],
    ['ed25519-long', onEd25519('07'.repeat(33))],
    ['ed25519-order-1', onEd25519(`01${'00'.repeat(31)}`)],
    ['ed25519-order-2', onEd25519(`ec${'ff'.repeat(30)}7f`)],
    ['ed25519-order-4', onEd25519('00'.repeat(32))],
    ['ed25519-order-4-signed', onEd25519(`${'00'.repeat(31)}80`)],
    ['ed25519-order-8', onEd25519('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')],
    ['ed25519-unreduced', onEd25519(`ee${'ff'.repeat(30)}7f`)],
  ])('with the invalid key %s, whose signatures anybody could make or nobody, is refused', async (what, publicKey) => {
    const member = await forum.member(what);
    const options = await creationOptions(member);
    const passkey = new SoftAuthenticator(forum.url).create(options, { publicKey });
    expect(await add(member, passkey)).toMatchObject({
      status: 400,
      body: {
        errors: [{ field: 'passkey', message: expect.stringContaining('has a key that this forum does not take') }],
      },
    });
  });

  test('is not added when it brings certificates, which name addresses to ask', async () => {
    const member = await forum.member('certified');
    const options = await creationOptions(member);
    const attStmt = new Map<string, Cbor>([
      ['alg', -7],
      ['sig', Buffer.alloc(8)],
      ['x5c', [Buffer.alloc(64)]],
    ]);
    for (const fmt of ['packed', 'fido-u2f', 'android-safetynet', 'tpm', 'apple', 'unheard-of']) {
      const passkey = new SoftAuthenticator(forum.url).create(options, {}, { fmt, attStmt });
      expect(await add(member, passkey)).toMatchObject(refusedPasskey);
    }
  });

  test('of one member does not sign in another', async () => {
    const [one, other] = [await forum.member('key-one'), await forum.member('key-other')];
    const [{ authenticator: ones }, { authenticator: others }] = [
      await addPasskey(forum, one),
      await addPasskey(forum, other),
    ];
    const options = await requestOptions(forum);
    const handle = String(Reflect.get(Object(Reflect.get(others.get(options), 'response')), 'userHandle'));
    expect(await enter(ones.get(options, { userHandle: handle }))).toMatchObject(failed);
    const id = String(Reflect.get(others.get(options), 'id'));
    expect(await enter(ones.get(options, { userHandle: handle, credentialId: id }))).toMatchObject(failed);
  });

  test('opens one session by one challenge, whichever of its signatures comes', async () => {
    const { authenticator } = await addPasskey(forum, await forum.member('replayed'));
    const options = await requestOptions(forum);
    const answer = authenticator.get(options);
    const statuses = await Promise.all([answer, answer, authenticator.get(options)].map(enter));
    expect(statuses.map(({ status }) => status).sort()).toEqual([201, 401, 401]);
    expect(await enter(answer)).toMatchObject(failed);
    const { token } = await forum.signIn('replayed');
    await forum.call('DELETE', '/api/v1/sessions', { token });
    expect(await enter(answer)).toMatchObject(failed);
  });

  test('is answered within five minutes', async () => {
    const member = await forum.member('late');
    const { authenticator } = await addPasskey(forum, member);
    const [asked, options] = [await requestOptions(forum), await creationOptions(member)];
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + 5 * 60_000 + 1);
    expect(await enter(authenticator.get(asked))).toMatchObject(failed);
    expect(await add(member, new SoftAuthenticator(forum.url).create(options))).toMatchObject(refusedPasskey);
  });

  test('counts on; a count that went back is a copy', async () => {
    const { authenticator } = await addPasskey(forum, await forum.member('counted'));
    for (const [counter, status] of [
      [3, 201],
      [3, 401],
      [2, 401],
      [0, 401],
      [4, 201],
    ] as const) {
      const answer = await enter(authenticator.get(await requestOptions(forum), { counter }));
      expect([counter, answer.status]).toEqual([counter, status]);
    }
  });

  test('is removed by its owner alone, and signs nobody in any more', async () => {
    const [owner, other] = [await forum.member('owner'), await forum.member('not-owner')];
    const { authenticator, passkey } = await addPasskey(forum, owner);
    const path = `${KEYS}/${passkey.id}`;
    expect(await forum.call('DELETE', path, { token: other.token })).toMatchObject({ status: 404 });
    expect((await forum.call('DELETE', path, { token: owner.token })).status).toBe(204);
    expect(await forum.call('DELETE', path, { token: owner.token })).toMatchObject({ status: 404 });
    expect(await enter(authenticator.get(await requestOptions(forum)))).toMatchObject(failed);
  });

  test('is neither added nor removed in a session older than ten minutes without the password', async () => {
    const owner = await forum.member('left-open');
    const { passkey } = await addPasskey(forum, owner);
    const { token } = owner;
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + 11 * 60_000);
    const path = `${KEYS}/${passkey.id}`;
    const stale = { status: 403, body: { code: 'fresh_sign_in_required' } };
    expect(await forum.call('DELETE', path, { token })).toMatchObject(stale);
    expect(await forum.call('POST', `${KEYS}/options`, { token })).toMatchObject(stale);
    expect((await forum.call('DELETE', path, { token, body: { password: PASSWORD } })).status).toBe(204);
  });

  test('has a name, and is called after its browser without one', async () => {
    const member = await forum.member('names');
    const passkey = new SoftAuthenticator(forum.url).create(await creationOptions(member));
    const answer = await forum.done<Passkey>('POST', KEYS, {
      token: member.token,
      body: { passkey },
      headers: { 'user-agent': 'curl/8.5.0' },
    });
    expect(answer.name).toBe('curl 8');
  });

  test.each([
    ['nothing', {}],
    ['a text', 'passkey'],
    ['a list', []],
    ['parts of other kinds', { id: 1, rawId: 1, type: 'public-key', response: { clientDataJSON: [] } }],
    ['a part that is too long', { id: 'A'.repeat(2_000), rawId: 'A'.repeat(2_000), type: 'public-key', response: {} }],
    [
      'bytes that are no CBOR',
      {
        id: 'AA',
        rawId: 'AA',
        type: 'public-key',
        response: {
          clientDataJSON: 'AA',
          attestationObject: 'AAAA',
          authenticatorData: 'AA',
          signature: 'AA',
          userHandle: 'AA',
        },
      },
    ],
  ])('that is %s is refused', async (_, passkey) => {
    const member = await forum.admin();
    expect((await add(member, passkey)).status).toBe(400);
    expect([400, 401]).toContain((await enter(passkey)).status);
  });

  test('of a banned member signs nobody in', async () => {
    const member = await forum.member('banned');
    const { authenticator } = await addPasskey(forum, member);
    const { token } = await forum.admin();
    await forum.done('POST', `/api/v1/members/${member.member.id}/sanctions`, {
      token,
      body: { kind: 'ban', reason: 'abuse', statement: 'No more of this' },
    });
    const answer = await enter(authenticator.get(await requestOptions(forum)));
    expect(answer).toMatchObject({ status: 403, body: { code: 'banned' } });
  });
});

test('a forum that is asked by an address has no passkeys, and says so', async () => {
  const numbered = await startForum();
  try {
    expect(numbered.url).toMatch(/127\.0\.0\.1/);
    expect(await numbered.call('POST', '/api/v1/sessions/passkey-options')).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    const byName = await fetch(`${numbered.url.replace('127.0.0.1', 'localhost')}/api/v1/sessions/passkey-options`, {
      method: 'POST',
    });
    expect(await byName.json()).toMatchObject({ rpId: 'localhost' });
  } finally {
    await numbered.close();
  }
});

test('a forum with a public address makes passkeys for its name, however it is asked', async () => {
  const named = await startForum({ env: { PUBLIC_URL: 'https://forum.example' } });
  try {
    const options = await named.done('POST', '/api/v1/sessions/passkey-options');
    expect(options).toMatchObject({ rpId: 'forum.example' });
  } finally {
    await named.close();
  }
});
