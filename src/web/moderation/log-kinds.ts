import type { LogEntry } from '../../../libs/client/index.ts';

/** In the order in which the log's filter offers them. */
export const KINDS = [
  'decision',
  'policy-verdict',
  'removed-by-author',
  'report',
  'sanction',
  'sanction-lifted',
  'warning-acknowledged',
  'appeal',
  'appeal-decided',
  'note',
  'policy-set',
  'roles-changed',
  'discussion-changed',
  'post-withdrawn',
] as const satisfies readonly LogEntry['kind'][];
