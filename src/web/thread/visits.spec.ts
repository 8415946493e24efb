import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PublicAddress } from '../../access/public-address.ts';
import { VISIT_MS } from '../../acts/visiting.ts';
import type { Visit } from '../../domain/visit/visit.events.ts';
import { type Entered, type LastVisit, MOST_VISITS, Visits } from './visits.ts';

const MEMBER = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const POST = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const NOON = Date.UTC(2026, 0, 1, 12);

/** A browser that keeps one cookie. */
class Browser {
  cookie: string | undefined;
  readonly #visits = new Visits(new PublicAddress('https://forum.example', '127.0.0.1', 3000));

  /** `kept` is what the forum has of it. */
  kept: Visit | null = null;

  /** The position up to which others have written. */
  newest = 0n;

  async enters(postId: string, position: bigint, now: number, memberId = MEMBER): Promise<LastVisit | null> {
    return (await this.enter(postId, position, now, memberId)).last;
  }

  enter(postId: string, position: bigint, now: number, memberId = MEMBER): Promise<Entered> {
    const request = { cookies: this.cookie === undefined ? {} : { '__Secure-colloquy_visits': this.cookie } };
    const reply = {
      setCookie: (_name: string, value: string) => {
        this.cookie = value;
      },
    };
    return this.#visits.enter(
      { request, reply },
      {
        memberId,
        postId,
        position,
        now,
        kept: this.kept,
        hasNews: (since) => Promise.resolve(this.newest > since),
      },
    );
  }
}

describe('the visits that a browser remembers', () => {
  it('given a first visit, then there was none before; and it goes on as long as somebody keeps coming', async () => {
    const browser = new Browser();
    expect(await browser.enters(POST, 5n, NOON)).toBeNull();
    expect(await browser.enters(POST, 7n, NOON + VISIT_MS - 60_000)).toBeNull();
    expect(await browser.enters(POST, 9n, NOON + 2 * VISIT_MS - 120_000)).toBeNull();
  });

  it('given a visit that ended, then the next one knows where it ended, from its first look to its last', async () => {
    const browser = new Browser();
    await browser.enters(POST, 5n, NOON);
    await browser.enters(POST, 7n, NOON + 60_000);
    const next = NOON + 3_600_000;
    const last = { position: 7n, at: '2026-01-01T12:01:00.000Z' };
    expect(await browser.enters(POST, 20n, next)).toEqual(last);
    expect(await browser.enters(POST, 30n, next + 60_000)).toEqual(last);
    expect(await browser.enters(POST, 31n, next + 60_000 + VISIT_MS)).toEqual({
      position: 30n,
      at: '2026-01-01T13:01:00.000Z',
    });
  });

  it('given something new since the last look, then that is new, and stays so while nothing more comes', async () => {
    const browser = new Browser();
    await browser.enters(POST, 5n, NOON);
    browser.newest = 7n;
    const first = { position: 5n, at: '2026-01-01T12:00:00.000Z' };
    expect(await browser.enters(POST, 7n, NOON + 60_000)).toEqual(first);
    expect(await browser.enters(POST, 8n, NOON + 120_000)).toEqual(first);
    browser.newest = 9n;
    expect(await browser.enters(POST, 9n, NOON + 180_000)).toEqual({ position: 8n, at: '2026-01-01T12:02:00.000Z' });
  });

  it('goes on where another device stopped, and with what the browser has where that is newer', async () => {
    const phone = new Browser();
    const { visit } = await phone.enter(POST, 5n, NOON);
    expect(visit).toEqual({ postId: POST, position: '5', at: '2026-01-01T12:00:00.000Z', before: null });
    const laptop = new Browser();
    laptop.kept = visit;
    const next = NOON + 3_600_000;
    const last = { position: 5n, at: '2026-01-01T12:00:00.000Z' };
    expect(await laptop.enters(POST, 9n, next)).toEqual(last);
    expect(await laptop.enters(POST, 11n, next + 60_000)).toEqual(last);
    expect(await laptop.enters(POST, 12n, next + 3_600_000)).toMatchObject({ position: 11n });
  });

  it('tells another member nothing, and keeps the latest threads alone', async () => {
    const browser = new Browser();
    await browser.enters(POST, 5n, NOON);
    expect(await browser.enters(POST, 9n, NOON + 3_600_000, OTHER)).toBeNull();
    const postOf = (n: number): string => `${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
    for (let n = 0; n <= MOST_VISITS; n += 1) await browser.enters(postOf(n), 2n ** 62n, NOON, MEMBER);
    expect(browser.cookie?.length).toBeLessThan(2_000);
    expect(await browser.enters(postOf(0), 9n, NOON + 3_600_000)).toBeNull();
    expect(await browser.enters(postOf(5), 9n, NOON + 3_600_000)).toMatchObject({ position: 2n ** 62n });
  });

  it('takes any text for a cookie, and never one that is bent for a visit that was', async () => {
    const anything = fc.oneof(
      fc.string(),
      fc
        .string({ unit: fc.constantFrom('-', '.', '0', 'a', 'z'), maxLength: 200 })
        .map((text) => `111111111111.${text}`),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (cookie) => {
        const browser = new Browser();
        browser.cookie = cookie;
        const last = await browser.enters(POST, 5n, NOON);
        expect(last === null || !Number.isNaN(Date.parse(last.at))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
