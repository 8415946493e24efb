import { type Config, ConfigError } from '../config.ts';
import { unfinishedAdvice } from '../keeping/backup/unfinished.ts';

/** Keeps every program off a data directory that holds half a forum, which it would go on with. Throws ConfigError. */
export function refuseUnfinished({ dataDir }: Pick<Config, 'dataDir'>): void {
  const advice = unfinishedAdvice(dataDir);
  if (advice !== null) throw new ConfigError(advice);
}
