import { type Config, SETTINGS } from '../config.ts';
import type { FixedSetting } from '../views/site/site.query-types.ts';

/** The settings of the site that the environment fixes. */
export function fixedSettings(config: Config): readonly FixedSetting[] {
  const { commentMaxLength: maxLength, commentMaxDepth: maxDepth, embedOrigins, publicModerationLog } = config;
  const fixed: (FixedSetting | null)[] = [
    maxDepth === null
      ? null
      : { field: 'discussion.maxDepth', by: SETTINGS.commentMaxDepth.name, value: { discussion: { maxDepth } } },
    maxLength === null
      ? null
      : { field: 'discussion.maxLength', by: SETTINGS.commentMaxLength.name, value: { discussion: { maxLength } } },
    embedOrigins === null ? null : { field: 'embedOrigins', by: SETTINGS.embedOrigins.name, value: { embedOrigins } },
    publicModerationLog === null
      ? null
      : { field: 'publicModerationLog', by: SETTINGS.publicModerationLog.name, value: { publicModerationLog } },
  ];
  return fixed.filter((setting) => setting !== null);
}
