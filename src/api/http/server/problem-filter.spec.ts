import { describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import { type Level, pino } from 'pino';
import { DomainError, ERROR_CODES, type ErrorCode } from '../../../../libs/kernel/index.ts';
import { ProblemFilter } from './problem-filter.ts';
import { RouteTable } from './route-table.ts';

const MEMBER = {
  memberId: '11111111-1111-4111-8111-111111111111',
  sessionId: '22222222-2222-4222-8222-222222222222',
  handle: 'somchai',
  displayName: 'สมชาย',
  locale: 'th',
  roles: ['member'],
  sessionEndsAt: '2026-01-01T00:00:00.000Z',
} as const;

/** The lines that a refusal leaves at a level, without their time and number. */
async function linesOf(code: ErrorCode, { level, url = '/refused' }: { level: Level; url?: string }) {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level, base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const filter = new ProblemFilter({ routes: new RouteTable(), log, pages: null });
  const server = fastify({ genReqId: () => 'a-request' });
  server.decorateRequest('principal', null);
  server.setErrorHandler((error, request, reply) => filter.answer(error, request, reply));
  const refuse = (): never => {
    throw new DomainError(code, 'The words of somchai.');
  };
  server.get('/refused', refuse);
  server.get('/refused-member', (request) => {
    Object.assign(request, { principal: MEMBER });
    return refuse();
  });
  await server.inject({ url: `${url}?secret=1`, remoteAddress: '2001:db8::7' });
  await server.close();
  return lines.map(({ time: _, ...line }) => line);
}

describe('what a refusal leaves in the log of the server', () => {
  it('is a line about who is refused what, without names, addresses of pages or words', async () => {
    expect(await linesOf('forbidden', { level: 'info', url: '/refused-member' })).toEqual([
      {
        level: 30,
        correlationId: 'a-request',
        route: '/refused-member',
        method: 'GET',
        code: 'forbidden',
        network: '2001:db8:0:0::/64',
        member: MEMBER.memberId,
        msg: 'a request was refused',
      },
    ]);
    const [line] = await linesOf('login_failed', { level: 'info' });
    expect(line).toMatchObject({ code: 'login_failed', network: '2001:db8:0:0::/64' });
    expect(line).not.toHaveProperty('member');
  });

  it('is none for everyday refusals, and none at all unless operators ask for it', async () => {
    const told = async (level: Level): Promise<readonly string[]> => {
      const codes = Object.keys(ERROR_CODES).filter((code): code is ErrorCode => code in ERROR_CODES);
      const all = await Promise.all(codes.map(async (code) => ({ code, lines: await linesOf(code, { level }) })));
      return all
        .filter(({ lines }) => lines.length > 0)
        .map(({ code }) => code)
        .sort();
    };
    const faults = ['internal', 'storage_unavailable'];
    expect(await told('warn')).toEqual(faults);
    const ofSecurity = ['banned', 'forbidden', 'foreign_origin', 'login_failed', 'misdirected'];
    const ofWaysIn = ['rate_limited', 'second_factor_failed', 'sessions_ended', 'someone_else'];
    const ofSessions = ['token_expired', 'unauthenticated'];
    expect(await told('info')).toEqual([...faults, ...ofSecurity, ...ofWaysIn, ...ofSessions].sort());
  });
});
