import { readCheckpoints } from '../../libs/log-tree/index.ts';
import { parseCheckpoint, parseNote } from '../../libs/transparency/index.ts';
import { PublicAddress } from '../access/public-address.ts';
import { originOf } from '../composition/audit-key.ts';
import { treeDir } from '../composition/forum-tree.ts';
import type { Config } from '../config.ts';

/**
 * The log's name in its checkpoints, outside the server: from PUBLIC_URL, or the name that the server last signed with,
 * since the port that it was given may differ.
 */
export function auditOrigin(config: Config): string {
  const newest = config.publicUrl === null ? readCheckpoints(treeDir(config)).at(-1) : undefined;
  if (newest !== undefined) return parseCheckpoint(parseNote(newest.note).text).origin;
  return originOf(new PublicAddress(config.publicUrl, config.host, config.port));
}
