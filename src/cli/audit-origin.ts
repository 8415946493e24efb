import { readCheckpoints } from '../../libs/log-tree/index.ts';
import { parseCheckpoint, parseNote } from '../../libs/transparency/index.ts';
import { PublicAddress } from '../access/public-address.ts';
import { originOf } from '../composition/audit-key.ts';
import { treeDir } from '../composition/forum-tree.ts';
import type { Config } from '../config.ts';

/**
 * The log's name in its checkpoints, outside the server: by PUBLIC_URL; without it the name that the server signed with last,
 * since the port that it was given may be another.
 */
export function auditOrigin(config: Config): string {
  const newest = config.publicUrl === null ? readCheckpoints(treeDir(config)).at(-1) : undefined;
  if (newest !== undefined) return parseCheckpoint(parseNote(newest.note).text).origin;
  return originOf(new PublicAddress(config.publicUrl, config.host, config.port));
}
