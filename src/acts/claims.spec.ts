import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CLAIM_MS, Claims, type Looking } from './claims.ts';

const MALI = { id: '22222222-2222-4222-8222-222222222222', handle: 'mali', displayName: 'Mali' };
const KEO = { id: '33333333-3333-4333-8333-333333333333', handle: 'keo', displayName: 'Keo' };
const START = Date.parse('2026-11-24T12:00:00.000Z');

let claims: Claims;
let told: string[];

beforeEach(() => {
  jest.useFakeTimers({ now: START });
  told = [];
  claims = new Claims();
  claims.onChange((commentId) => told.push(commentId));
});
afterEach(() => {
  jest.useRealTimers();
});

const at = (milliseconds: number): string => new Date(START + milliseconds).toISOString();
const elsewhere = (by: Looking['by'], since: number): ReadonlyMap<string, Looking> =>
  new Map([['case', { by, since, until: since + CLAIM_MS }]]);

describe('a claim', () => {
  it('is refused while another looks, and released by itself two minutes after it was said last', () => {
    claims.claim('case', MALI);
    expect(() => claims.claim('case', KEO)).toThrow('Mali is looking at this comment.');
    jest.advanceTimersByTime(100_000);
    claims.claim('case', MALI);
    jest.advanceTimersByTime(CLAIM_MS - 1);
    expect(claims.of('case')).toEqual({ by: MALI, until: at(100_000 + CLAIM_MS) });
    jest.advanceTimersByTime(1);
    expect(claims.of('case')).toBeNull();
    expect(told).toEqual(['case', 'case']);
  });

  it('of another node is known here, keeps others out, and goes when that node says so', () => {
    claims.hear(elsewhere(KEO, START));
    expect(claims.of('case')).toEqual({ by: KEO, until: at(CLAIM_MS) });
    expect(() => claims.claim('case', MALI)).toThrow('Keo is looking at this comment.');
    claims.hear(elsewhere(KEO, START));
    claims.hear(new Map());
    expect(claims.of('case')).toBeNull();
    expect(told).toEqual(['case', 'case']);
  });

  it.each([
    ['the one before', START - 1, KEO],
    ['not the one after', START + 1, MALI],
    ['the smaller id of two at once', START, MALI],
  ])('of two on two nodes is %s', (_, since, holder) => {
    claims.claim('case', MALI);
    claims.hear(elsewhere(KEO, since));
    expect(claims.of('case')?.by).toEqual(holder);
  });
});
