import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import sharp from 'sharp';
import type { StoredImage } from '../../libs/client/index.ts';
import { MOST_IMAGE_UPLOAD_BYTES } from '../../libs/words/index.ts';
import { StreamErasing } from '../../src/commands/erase-streams.ts';
import { unequalViews } from '../import/importing.ts';
import type { Answer, TestMember } from '../support/forum-caller.ts';
import { type Field, formOf } from '../support/image-form.ts';
import { asIfQuiet, longestHold } from '../support/main-thread.ts';
import { bomb, drawn, moving, noise } from '../support/pictures.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(120_000);

const PATH = '/api/v1/images';
const SIZES = ['480', '960', '1600'];
const FORMATS = ['jpg', 'webp', 'avif'];

let forum: RunningForum;
let admin: TestMember;
let editor: TestMember;
let member: TestMember;

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  editor = await forum.member('the-editor', ['editor']);
  member = await forum.member('the-member');
});
afterAll(() => forum.close());

function send(fields: readonly Field[], by: TestMember | null = editor, key?: string): Promise<Answer> {
  const { headers, raw } = formOf(fields);
  const keyed = key === undefined ? {} : { 'idempotency-key': key };
  return forum.call('POST', PATH, { token: by?.token, headers: { ...headers, ...keyed }, raw });
}

async function brought(bytes: Uint8Array, by = editor): Promise<StoredImage> {
  const { headers, raw } = formOf([['file', bytes]]);
  return (await forum.done<{ image: StoredImage }>('POST', PATH, { token: by.token, headers, raw })).image;
}

/** As a problem tells it. */
function refusal({ status, body }: Answer): unknown {
  const { detail, errors } = Object(body);
  return [status, errors?.[0]?.field ?? null, detail];
}

const imagesInComments = (images: boolean) =>
  forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { discussion: { images } } });
const head = (): Promise<bigint> => forum.forum.log.store.head();
const picture = (): Promise<Buffer> => drawn(30, 20).png().toBuffer();

async function filesOf({ id }: StoredImage): Promise<readonly Buffer[]> {
  const names = SIZES.flatMap((width) => FORMATS.map((format) => `${id}-${width}.${format}`));
  const answers = await Promise.all(names.map((name) => fetch(`${forum.url}/images/${name}`)));
  expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200));
  return Promise.all(answers.map(async (answer) => Buffer.from(await answer.arrayBuffer())));
}

describe('an image that is brought', () => {
  it('is told by its address and size, and sent in all sizes', async () => {
    const image = await brought(await drawn(1_200, 600).jpeg().toBuffer());
    expect(image).toEqual({
      id: expect.any(String),
      width: 1_200,
      height: 600,
      animated: false,
      address: `/images/${image.id}-1600.jpg#1200x600`,
    });
    const widths = (await filesOf(image)).map(async (bytes) => (await sharp(bytes).metadata()).width);
    expect(await Promise.all(widths)).toEqual([480, 480, 480, 960, 960, 960, 1_200, 1_200, 1_200]);
    expect(await unequalViews(forum)).toEqual([]);
  });

  it('is recorded under its owner, with what it shows sealed', async () => {
    const alt = 'A house by the river ក';
    const { body } = await send([
      ['alt', alt],
      ['file', await picture()],
    ]);
    const { id } = Object(body).image;
    const { store, vault } = forum.forum.log;
    for await (const event of store.readStream(`image-${id}`)) {
      expect(event).toMatchObject({
        type: 'ImageStored.v1',
        actor: editor.member.id,
        data: { ownerId: editor.member.id },
      });
      expect(await vault.open(event.sealed ?? Buffer.alloc(0), event)).toMatchObject({ alt, address: null });
    }
  });

  it('moves on, and grows no larger than it came', async () => {
    const image = await brought(await moving(3));
    expect(image).toMatchObject({
      width: 40,
      height: 20,
      animated: true,
      address: `/images/${image.id}-1600.webp#40x20`,
    });
  });

  it('tells nothing of the camera and the place in any of its files', async () => {
    const photo = await drawn(1_000, 500)
      .withExif({ IFD0: { Copyright: 'SECRET' }, IFD3: { GPSLatitude: '17/1 57/1 0/1', GPSMapDatum: 'SECRET' } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">SECRET</x:xmpmeta>')
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const said = Buffer.from('SECRET of a segment');
    const segment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, said.length + 2]), said]);
    const sent = Buffer.concat([
      photo.subarray(0, 2),
      segment,
      photo.subarray(2),
      Buffer.from('SECRET behind the end'),
    ]);
    expect(sent.toString('latin1').split('SECRET')).toHaveLength(6);
    const image = await brought(sent);
    expect(image).toMatchObject({ width: 500, height: 1_000 });
    for (const bytes of await filesOf(image)) {
      expect(bytes.includes('SECRET')).toBe(false);
      expect(await sharp(bytes).metadata()).not.toMatchObject({ exif: expect.anything() });
    }
  });

  it('is stored once when it is sent again with the same key', async () => {
    const key = newId();
    const file: Field = ['file', await picture()];
    const first = await send([file], editor, key);
    const before = await head();
    expect((await send([file], editor, key)).body).toEqual(first.body);
    expect(await head()).toBe(before);
    expect((await send([file], admin, key)).body).not.toEqual(first.body);
  });
});

describe('whoever brings an image', () => {
  it('is an editor, or a member where the site has images in comments, and not suspended', async () => {
    const file: Field = ['file', await picture()];
    expect((await send([file], null)).status).toBe(401);
    await imagesInComments(false);
    expect(refusal(await send([file], member))).toEqual([
      403,
      null,
      'Comments have no images here; editors alone bring some, for posts.',
    ]);
    await imagesInComments(true);
    expect((await send([file], member)).status).toBe(201);
    await imagesInComments(false);
    expect((await send([file], editor)).status).toBe(201);
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const body = { kind: 'suspension', reason: 'spam', until };
    const path = `/api/v1/members/${member.member.id}/sanctions`;
    await forum.done('POST', path, { token: admin.token, body });
    await imagesInComments(true);
    expect(await send([file], member)).toMatchObject({ status: 403, body: { code: 'suspended' } });
  });
});

describe('what is refused', () => {
  const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const HEIC = `\0\0\0\x18ftypheic\0\0\0\0mif1heic`;
  const none = 'JPEG, PNG, GIF, WebP or AVIF';

  it.each<[string, () => Promise<Buffer>, number, string]>([
    ['an SVG', async () => Buffer.from(SVG), 415, `it is an SVG and no ${none}`],
    ['a HEIC', async () => Buffer.from(HEIC, 'latin1'), 415, `it is a HEIC and no ${none}`],
    ['a PDF', async () => Buffer.from('%PDF-1.7'), 415, `it is a PDF and no ${none}`],
    ['a TIFF', () => drawn(9, 9).tiff().toBuffer(), 415, `it is a TIFF and no ${none}`],
    ['a page', async () => Buffer.from('<!DOCTYPE html>'), 415, `it is no ${none}`],
    ['an empty file', async () => Buffer.alloc(0), 415, `it is no ${none}`],
    ['half a photo', async () => (await noise(300, 300).jpeg().toBuffer()).subarray(0, 9_000), 400, 'it is damaged'],
    ['a head alone', async () => Buffer.from('GIF89a'), 400, 'it is damaged'],
    ['a bomb', bomb, 413, 'it has more than 64000000 pixels'],
  ])('is %s, in words', async (_, bytes, status, words) => {
    const before = await head();
    const answer = await send([['file', await bytes()]]);
    expect(refusal(answer)).toEqual([status, 'file', `The image was not taken: ${words}.`]);
    expect(await head()).toBe(before);
  });

  it('is too long, no form, or a form of something else', async () => {
    const file: Field = ['file', await picture()];
    const tooLarge = [413, null, 'An image has 10 MiB at most: send it smaller, or as JPEG.'];
    expect(refusal(await send([['file', Buffer.alloc(MOST_IMAGE_UPLOAD_BYTES + 1)]]))).toEqual(tooLarge);
    expect(refusal(await send([['file', Buffer.alloc(3 * MOST_IMAGE_UPLOAD_BYTES)]]))).toEqual(tooLarge);
    expect(refusal(await send([['alt', 'x'.repeat(1_001)], file]))).toEqual([
      400,
      'alt',
      'alt must have 1000 characters at most',
    ]);
    expect(await send([['alt', '😀'.repeat(1_000)], file])).toMatchObject({ status: 201 });
    expect(refusal(await send([['alt', 'A house']]))).toEqual([
      400,
      'file',
      'file is missing: send the bytes of the image in it.',
    ]);
    const json = await forum.call('POST', PATH, { token: editor.token, body: { file: 'x' } });
    expect(refusal(json)).toEqual([415, null, expect.stringContaining('multipart/form-data')]);
    const raw = Buffer.from('no form');
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    expect(await forum.call('POST', PATH, { token: editor.token, headers, raw })).toMatchObject({
      status: 400,
      body: { code: 'malformed' },
    });
  });
});

/** The paths of the files of images under DATA_DIR. */
function filesOnDisk(): readonly string[] {
  return readdirSync(join(forum.dataDir, 'images'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

const statusOf = async ({ id }: StoredImage): Promise<number> =>
  (await fetch(`${forum.url}/images/${id}-480.jpg`)).status;

describe('an image that is gone', () => {
  it('is deleted by its owner alone, with its files, and its place is free again', async () => {
    await brought(await picture());
    const before = filesOnDisk();
    const image = await brought(await picture());
    const remove = (by: TestMember) => forum.call('DELETE', `${PATH}/${image.id}`, { token: by.token });
    expect([filesOnDisk().length > before.length, (await remove(admin)).status]).toEqual([true, 404]);
    expect([(await remove(editor)).status, await statusOf(image), filesOnDisk()]).toEqual([204, 404, before]);
    expect((await remove(editor)).status).toBe(404);
    expect(await unequalViews(forum)).toEqual([]);
  });

  it('is taken by the next start where its files were left', async () => {
    const { id } = await brought(await picture());
    const left = filesOnDisk();
    const copies = new Map(left.map((path) => [path, readFileSync(path)]));
    await forum.call('DELETE', `${PATH}/${id}`, { token: editor.token });
    const kept = filesOnDisk();
    for (const [path, bytes] of copies) writeFileSync(path, bytes);
    await forum.forum.app.get(StreamErasing, { strict: false }).sweepFiles();
    expect(filesOnDisk()).toEqual(kept);
  });

  it('goes with the purged comment that showed it, unless its author shows it elsewhere', async () => {
    const writer = await forum.member('purged-with-images');
    await imagesInComments(true);
    const [gone, twice, inPost, theirs] = [
      await brought(await picture(), writer),
      await brought(await picture(), writer),
      await brought(await picture(), writer),
      await brought(await picture(), editor),
    ];
    const show = (...images: readonly StoredImage[]): string =>
      images.map(({ address }) => `![](${address})`).join(' ');
    const post = await forum.publish(editor, { body: `A post. ${show(inPost)}` });
    await forum.comment(writer, post.id, { body: show(twice) });
    const comment = await forum.comment(writer, post.id, { body: show(gone, twice) });
    const body = { body: show(inPost, theirs), revision: comment.revision };
    await forum.done('PATCH', `/api/v1/comments/${comment.id}`, { token: writer.token, body });
    const purge = { token: admin.token, body: { reason: 'A face' } };
    await forum.done('POST', `/api/v1/comments/${comment.id}/purge`, purge);
    expect(await Promise.all([gone, twice, inPost, theirs].map(statusOf))).toEqual([404, 200, 200, 200]);
  });
});

it('the largest image holds nobody else up', async () => {
  const bytes = await noise(2_700, 2_700).png({ compressionLevel: 0 }).toBuffer();
  const photo = Buffer.concat([await noise(2_000, 1_500).jpeg().toBuffer(), Buffer.alloc(MOST_IMAGE_UPLOAD_BYTES)]);
  expect(bytes.length).toBeGreaterThan(MOST_IMAGE_UPLOAD_BYTES);
  const { headers, raw } = formOf([['file', photo.subarray(0, MOST_IMAGE_UPLOAD_BYTES)]]);
  const body = new Uint8Array(raw);
  let status = 0;
  const held = await longestHold(async () => {
    const sent = { method: 'POST', headers: { ...headers, authorization: `Bearer ${editor.token}` }, body };
    status = (await fetch(forum.url + PATH, sent)).status;
  });
  expect(status).toBe(201);
  expect(held / asIfQuiet(1)).toBeLessThan(50);
});

it('as many as a member may bring in an hour are taken, and then it is told when to come again', async () => {
  const limited = await startForum({ env: { RATE_LIMITS: 'on' } });
  try {
    const { token } = await limited.admin();
    const call = async (raw: Buffer) => limited.call('POST', PATH, { token, headers: formOf([]).headers, raw });
    const { raw } = formOf([['file', Buffer.from('no image')]]);
    for (let n = 0; n < 200; n += 1) expect((await call(raw)).status).toBe(415);
    const refused = await call(raw);
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
  } finally {
    await limited.close();
  }
});
