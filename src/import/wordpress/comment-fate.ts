import type { Fate } from '../source/source-comment.ts';
import type { WxrComment, WxrItem } from './wxr.ts';

/** The outcome of a comment, by its type and its state in WordPress. */
export function fateOf({ fields }: WxrComment): Fate {
  const type = fields.get('wp:comment_type') ?? '';
  if (type === 'pingback' || type === 'trackback') return { kind: 'pingback' };
  if (!/^(comment|review)?$/.test(type)) return { kind: 'skipped', why: `of type ${type}` };
  const status = fields.get('wp:comment_approved') ?? '1';
  if (status === 'spam') return { kind: 'skipped', why: 'spam' };
  if (status === 'trash' || status === 'post-trashed') return { kind: 'skipped', why: 'in the trash' };
  return { kind: 'brought', held: status !== '1' && status !== 'approve' && status !== 'approved' && status !== '' };
}

/** True when imported comments stand there; a page is then imported for their sake. */
export function isDiscussed(item: WxrItem): boolean {
  for (const comment of item.comments) if (fateOf(comment).kind === 'brought') return true;
  return false;
}
