import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BodyIntake } from './body-intake.ts';
import { MAIL_WORDS } from './read-mails.ts';

const KIB = 1024;
const BOUNDS = { mostOfOne: 8 * KIB, mostInAll: 32 * KIB, mostOfSender: 16 * KIB, withinMs: 60_000 };

let intake: BodyIntake;
/** What became of each mail, in the order in which that was known. */
let told: string[];
let begun: PassThrough[];

beforeEach(() => {
  [intake, told, begun] = [new BodyIntake(BOUNDS, MAIL_WORDS), [], []];
});
afterEach(async () => {
  for (const payload of begun) payload.destroy();
  await turn();
});

/** A mail that begins to come in. */
function mail(name: string, network = 'a'): PassThrough {
  const payload = new PassThrough({ highWaterMark: 64 * KIB });
  begun.push(payload);
  intake.receive(payload, network).then(
    (raw) => told.push(`${name}: ${raw.length}`),
    (error) => told.push(`${name}: ${error.code}`),
  );
  return payload;
}

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

async function send(payload: PassThrough, bytes: number): Promise<void> {
  payload.write(Buffer.alloc(bytes, 'a'));
  await turn();
}

async function end(payload: PassThrough): Promise<void> {
  payload.end();
  await turn();
}

describe('a mail that comes in', () => {
  it('is given as it was sent, in pieces of any size, and holds its memory until it is forgotten', async () => {
    const payload = new PassThrough();
    const taken = intake.receive(payload, 'a');
    for (const piece of ['F', 'rom: a@b', '\r\n', 'x'.repeat(3 * KIB)]) payload.write(piece);
    payload.end();
    expect(String(await taken)).toBe(`From: a@b\r\n${'x'.repeat(3 * KIB)}`);
    expect(intake.held).toBeGreaterThanOrEqual(3 * KIB);
    intake.forget(payload);
    intake.forget(payload);
    expect(intake.held).toBe(0);
  });

  it('takes little more memory than its bytes, however small its pieces are', async () => {
    const payload = mail('small');
    for (let sent = 0; sent < 5 * KIB; sent += 1) payload.write('a');
    await turn();
    expect(intake.held).toBeLessThanOrEqual(8 * KIB);
  });

  it('is refused when it is too long, too slow or breaks off, and holds nothing then', async () => {
    await send(mail('long'), 8 * KIB + 1);
    const broken = mail('broken');
    await send(broken, 10);
    broken.destroy();
    await turn();
    const slow = new BodyIntake({ ...BOUNDS, withinMs: 1 }, MAIL_WORDS);
    const payload = new PassThrough();
    await expect(slow.receive(payload, 'a')).rejects.toMatchObject({ code: 'overloaded', retryAfterSeconds: 5 });
    payload.write('what still comes');
    await turn();
    expect({ told, held: [intake.held, slow.held] }).toEqual({
      told: ['long: too_large', 'broken: malformed'],
      held: [0, 0],
    });
  });
});

describe('where memory gets short', () => {
  it('however many mails have begun, one that comes is taken', async () => {
    for (let n = 0; n < 1_000; n += 1) mail(`slow ${n}`);
    const genuine = mail('genuine');
    await send(genuine, 7 * KIB);
    await end(genuine);
    expect(told).toEqual(['genuine: 7168']);
  });

  it('of a network that has its share, the mail that began first gives way, and no other network’s', async () => {
    const other = mail('other', 'b');
    await send(other, 8 * KIB);
    const [first, second] = [mail('first'), mail('second')];
    await send(first, 8 * KIB);
    await send(second, 8 * KIB);
    const third = mail('third');
    await send(third, 1 * KIB);
    await Promise.all([end(third), end(other), end(second)]);
    expect(told).toEqual(['first: overloaded', 'third: 1024', 'other: 8192', 'second: 8192']);
  });

  it('of all networks together, the mail that began first gives way, and none that is whole', async () => {
    const whole = mail('whole', 'a');
    await send(whole, 8 * KIB);
    await end(whole);
    for (const network of ['b', 'c', 'd']) await send(mail(network, network), 8 * KIB);
    const genuine = mail('genuine', 'e');
    await send(genuine, 2 * KIB);
    await end(genuine);
    expect(told).toEqual(['whole: 8192', 'b: overloaded', 'genuine: 2048']);
  });

  it('a mail is to come again when all others are whole', async () => {
    for (const name of ['one', 'two']) {
      const payload = mail(name);
      await send(payload, 8 * KIB);
      await end(payload);
    }
    await send(mail('late'), 1);
    expect(told).toEqual(['one: 8192', 'two: 8192', 'late: overloaded']);
  });
});
