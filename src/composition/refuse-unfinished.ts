import { type Config, ConfigError } from '../config.ts';
import { unfinishedAdvice } from '../keeping/backup/unfinished.ts';

/** Keeps every program away from a data directory with half a forum, which it would continue. Throws ConfigError. */
export function refuseUnfinished({ dataDir }: Pick<Config, 'dataDir'>): void {
  const advice = unfinishedAdvice(dataDir);
  if (advice !== null) throw new ConfigError(advice);
}
