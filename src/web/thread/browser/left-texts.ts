import { ShelfClient } from '../../../../libs/client/shelf-client.ts';
import type { ThreadClient } from '../../../../libs/client/thread-client.ts';
import { draftPrefix, keptUnder } from '../../shell/browser/kept.ts';
import { wordsOf } from '../../shell/browser/writing/compose-words.ts';
import { hasText } from '../parts/shown-comment.ts';
import type { ThreadParts } from './thread-view.ts';

/** A place below the post as a key names it: the comment that is answered, or that is edited. */
const PLACE = /^(?:edit:)?([0-9a-f-]{36})$/;

/** Leads to the texts that were begun here at comments that are gone since: no form on the page can hold them. */
export async function leadToLeft({ page, view, translator }: ThreadParts, rest: ThreadClient): Promise<void> {
  const { viewer, post } = page;
  const here = new Map(view.now().comments.map((comment) => [comment.id, comment]));
  const isLeft = (key: string): boolean => {
    const id = PLACE.exec(key)?.[1];
    const comment = id === undefined ? undefined : here.get(id);
    return id !== undefined && (comment === undefined || !hasText(comment) || comment.status === 'removed');
  };
  if (viewer === null || !keptUnder(draftPrefix(viewer.memberId, post.id)).some(isLeft)) return;
  const { items } = await new ShelfClient(rest.http).drafts({ postId: post.id });
  if (!items.some(({ state }) => state === 'gone')) return;
  const { t } = await wordsOf(translator);
  const [line, link] = [document.createElement('p'), document.createElement('a')];
  line.id = 'unsent-texts';
  line.className = 'notice';
  line.role = 'status';
  link.href = '/drafts';
  link.textContent = t('compose.leftTexts');
  line.append(link);
  document.getElementById('thread-tools')?.before(line);
}
