import type { Logger } from 'pino';

/** The oldest version of KurrentDB that is meant: year and month of its release line. */
const OLDEST = [24, 10] as const;

/** Logs which version a log server says it is, and plainly when it is older than those that are meant. */
export function tellServerVersion(log: Pick<Logger, 'info' | 'warn'>, version: string): void {
  const [, year, month] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  if (year === undefined || month === undefined) {
    log.warn(`the log server does not tell its version (${version}); KurrentDB 24.10, 25 and 26 are meant`);
  } else if (isOlder(Number(year), Number(month))) {
    log.warn(`the log server is of version ${version}, older than KurrentDB 24.10, 25 and 26, which are meant`);
  } else {
    log.info(`the log server is of version ${version}`);
  }
}

function isOlder(year: number, month: number): boolean {
  return year < OLDEST[0] || (year === OLDEST[0] && month < OLDEST[1]);
}
