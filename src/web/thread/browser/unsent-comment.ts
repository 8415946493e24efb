import type { OutboxEntry } from '../../../../libs/client/outbox.ts';
import type { Comment } from '../../../../libs/client/shapes.ts';
import type { SessionState } from '../../../../libs/client/thread-follower.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import type { ThreadPageInfo } from '../parts/context.ts';
import type { Delivery, ShownComment } from '../parts/shown-comment.ts';
import type { StartedPage } from './drawing.ts';
import { refusalInWords } from './refusal.tsx';

type Told = Pick<SessionState, 'connection'> & Partial<Pick<SessionState, 'problem'>>;

/** One's own comment that the forum has not acknowledged, as the page shows it. */
export function unsentComment(
  entry: OutboxEntry,
  comments: readonly Comment[],
  { page, translator, ...told }: Pick<StartedPage, 'page' | 'translator'> & Told,
): ShownComment {
  const { id, postId, parentId, body, writtenAt: createdAt } = entry;
  const parent = comments.find((comment) => comment.id === parentId);
  const place = { id, postId, parentId: parent ? parentId : null, depth: parent ? parent.depth + 1 : 0 };
  const text = { author: authorOf(page), body, bodyHtml: null, createdAt, editedAt: null };
  const counts = { revision: 0, replyCount: 0, reactions: {}, position: '0' };
  return { ...place, ...text, ...counts, status: 'visible', delivery: deliveryOf(entry, translator, told) };
}

function authorOf({ viewer }: ThreadPageInfo): ShownComment['author'] {
  if (viewer === null) return null;
  const { memberId: id, handle, displayName, roles } = viewer;
  return { id, handle, displayName, roles };
}

function deliveryOf(
  entry: OutboxEntry,
  translator: Translator,
  { connection, problem: obstacle = null }: Told,
): Delivery {
  const isRefused = connection === 'refused' && obstacle !== null;
  const problem = isRefused ? obstacle : entry.problem;
  const refusal = problem && refusalInWords(problem, translator);
  if (entry.state === 'failed' || isRefused)
    return { kind: 'refused', ...(refusal ?? { reason: '', isSignedOut: false }) };
  if (connection !== 'live') return { kind: 'waiting', reason: null };
  return refusal === null ? { kind: 'sending' } : { kind: 'waiting', reason: refusal.reason };
}
