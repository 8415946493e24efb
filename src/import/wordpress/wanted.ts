import type { ImportReason } from '../../../libs/words/index.ts';
import type { WxrItem } from './wxr.ts';

const TYPES: ReadonlyMap<string, ImportReason> = new Map([
  ['attachment', 'attachment'],
  ['nav_menu_item', 'menu entry'],
]);
const STATES: ReadonlyMap<string, ImportReason> = new Map([
  ['draft', 'draft'],
  ['auto-draft', 'draft'],
  ['pending', 'waiting for review'],
  ['private', 'private'],
  ['trash', 'in the trash'],
]);

const PAGE_ALONE = 'page without comments (bring them with --pages)';

export interface WantedItems {
  /** Pages that nobody commented on too. */
  readonly pages: boolean;
  /** Types of posts that plugins and themes have made. */
  readonly types: readonly string[];
}

function isHidden(status: string): boolean {
  return status !== 'publish' && status !== 'future';
}

/** Why an item is not brought, in words for the report; null when it is. */
export function reasonToSkip(item: WxrItem, options: WantedItems): ImportReason | null {
  const type = item.fields.get('wp:post_type') || 'post';
  const status = item.fields.get('wp:status') || 'publish';
  const isKnown = type === 'post' || type === 'page' || options.types.includes(type);
  if (!isKnown) return TYPES.get(type) ?? `of type ${type} (bring them with --types ${type})`;
  if (type === 'page' && !options.pages && !isHidden(status)) return PAGE_ALONE;
  if (isHidden(status)) return STATES.get(status) ?? `with status ${status}`;
  return (item.fields.get('wp:post_password') ?? '') === '' ? null : 'protected by a password';
}
