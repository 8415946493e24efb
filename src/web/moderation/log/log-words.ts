import { type LogEntry } from '../../../../libs/client/index.ts';
import {
  APPEAL_OUTCOMES,
  DECISION_ACTIONS,
  DISCUSSION_STATES,
  GIVEN_ROLES,
  type LogKind,
  MEASURES,
  SANCTION_KINDS,
  TRANSLATION_REASONS,
} from '../../../../libs/words/index.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { oneOf } from '../../shell/one-of.ts';

const MARKS = ['accepted', 'unaccepted', 'featured', 'unfeatured'] as const;
const SETTINGS = [...DISCUSSION_STATES, ...MARKS, 'pinned', 'unpinned', 'settings'] as const;

type Line = Pick<LogEntry, 'kind' | 'action'>;

/** The entry in the reader's language: "decision: Remove". An unknown word stands as it is. */
export function logEntryText(line: Line, translator: Translator): string {
  const kind = translator.t(`entry.${line.kind}`);
  const action = actionText(line, translator);
  return action === null ? kind : `${kind}: ${action}`;
}

/** Null where the kind is enough. */
function actionText({ kind, action }: Line, translator: Translator): string | null {
  const { t } = translator;
  const named = (words: readonly string[], start: string): string => {
    const key = `${start}.${action}`;
    return words.includes(action) && translator.has(key) ? t(key) : action;
  };
  switch (kind) {
    case 'decision':
      return action === 'undo' ? t('queue.undo') : named(DECISION_ACTIONS, 'action');
    case 'policy-verdict':
      return named(MEASURES, 'measures');
    case 'sanction':
    case 'sanction-lifted':
      return named(SANCTION_KINDS, 'sanction');
    case 'appeal-decided':
      return named(APPEAL_OUTCOMES, 'appealed');
    case 'roles-changed':
      return rolesText(action, translator);
    case 'policy-set':
      return t('policy.version', { number: Number(/\d+/.exec(action)?.[0] ?? 0) });
    case 'discussion-changed':
      return action
        .split(' ')
        .map((setting) => settingText(setting, translator))
        .join(', ');
    case 'removed-by-author':
    case 'comment-purged':
    case 'report':
    case 'warning-acknowledged':
    case 'appeal':
    case 'note':
    case 'member-approved':
    case 'member-refused':
    case 'post-withdrawn':
    case 'post-brought-back':
    case 'translation-removed':
    case 'translation-report':
    case 'translation-kept':
      return null;
    default:
      return kind satisfies never;
  }
}

function rolesText(action: string, { t }: Translator): string {
  const names = action.split(' ').flatMap((word) => {
    const role = oneOf(GIVEN_ROLES, word);
    return role ? [t(`role.${role}`)] : [];
  });
  return names.length === 0 ? t('modlog.noRoles') : names.join(', ');
}

/** `slow-mode=60`, or a word. */
function settingText(setting: string, { t }: Translator): string {
  const [name, seconds] = setting.split('=');
  if (name === 'slow-mode') {
    const count = Number(seconds);
    return count === 0 ? t('discussion.noSlowMode') : t('discussion.slowMode', { count });
  }
  const known = oneOf(SETTINGS, setting);
  return known ? t(`discussion.${known}`) : setting;
}

/** Reasons of the list in the reader's language; free words stand as they were written. */
export function reasonText(kind: LogKind, reason: string | null, { t }: Translator): string {
  if (reason === null) return '';
  if (kind === 'sanction-lifted') return reason === 'appeal' ? t('entry.appeal-decided') : '';
  const known = oneOf(TRANSLATION_REASONS, reason);
  return known ? t(`reason.${known}`) : reason;
}
