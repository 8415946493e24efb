import { join } from 'node:path';
import type { Config } from '../config.ts';

/** Where the views are kept in DATA_DIR. */
export function viewsDir({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'views');
}
