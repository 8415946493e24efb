import type { Logger } from 'pino';
import type { LogServerSort } from '../../libs/event-store/index.ts';

/** Logs the version of a log server, with a warning when it is older than the supported ones. */
export function tellServerVersion(
  log: Pick<Logger, 'info' | 'warn'>,
  version: string,
  { oldest, releases }: Pick<LogServerSort, 'oldest' | 'releases'>,
): void {
  const [, year, month] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  if (year === undefined || month === undefined) {
    log.warn(`the log server does not tell its version (${version}); ${releases} are meant`);
  } else if (isOlder([Number(year), Number(month)], oldest)) {
    log.warn(`the log server is of version ${version}, older than ${releases}, which are meant`);
  } else {
    log.info(`the log server is of version ${version}`);
  }
}

/** Releases are numbered by year and month. */
function isOlder([year, month]: readonly [number, number], oldest: LogServerSort['oldest']): boolean {
  return year < oldest[0] || (year === oldest[0] && month < oldest[1]);
}
