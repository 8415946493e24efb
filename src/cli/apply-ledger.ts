import { type CommandMeta, counted, DomainError, deriveId } from '../../libs/kernel/index.ts';
import { ERASED_COMMENTS, ERASURE_SUBJECTS } from '../../libs/words/index.ts';
import { KeyDestruction } from '../commands/key-destruction.ts';
import { hasCome } from '../commands/reservation.handlers.ts';
import { type CommandContext, createCommandContext } from '../composition/command-context.ts';
import type { Config } from '../config.ts';
import { EraseComment } from '../domain/comment/comment.commands.ts';
import { BeginErasure, RememberErased, RequestErasure } from '../domain/erasure/erasure.commands.ts';
import { EraseMember } from '../domain/member/member.commands.ts';
import { ReleaseName } from '../domain/reservation/reservation.commands.ts';
import type { LedgerErasure, LedgerKey, LedgerLine } from '../keeping/backup/ledger.ts';

/** What was erased again. */
export interface Applied {
  readonly erasures: number;
  readonly keys: number;
}

const COMMENT = 'comment-';

/**
 * Erases again, in a log that was brought back, what a ledger says was erased: keys are destroyed when this resolves, each
 * with its event, and the next start finishes the erasures. Throws DomainError, StoreUnavailable; a repeat goes on.
 */
export async function applyLedger(config: Config, lines: readonly LedgerLine[]): Promise<Applied> {
  const context = await createCommandContext(config);
  try {
    const erasures = lines.filter((line) => line.kind === 'erasure');
    const keys = lines.filter((line) => line.kind === 'key');
    for (const erasure of erasures) await beginAgain(erasure, context);
    return { erasures: erasures.length, keys: await destroyAgain(keys, context) };
  } finally {
    await context.close();
  }
}

async function beginAgain(erasure: LedgerErasure, { commands, store }: CommandContext): Promise<void> {
  const { erasureId, memberId, commentId, names, marks = [] } = erasure;
  const subject = ERASURE_SUBJECTS.find((known) => known === erasure.subject) ?? 'comment';
  const comments = ERASED_COMMENTS.find((known) => known === erasure.comments) ?? 'remove';
  const nobody = { email: null, name: null, reason: null, source: null };
  const request = { erasureId, subject, memberId, commentId, comments, dueAt: new Date().toISOString(), ...nobody };
  await commands.execute(new RequestErasure(request, metaOf(erasureId, 'request')));
  await commands.execute(new BeginErasure({ erasureId }, metaOf(erasureId, 'begin')));
  await commands.execute(new RememberErased({ erasureId, marks }, metaOf(erasureId, 'remember')));
  if (memberId === null || !(await hasCome(`member-${memberId}`, store))) return;
  for (const name of names) {
    const release = new ReleaseName({ name, holder: memberId }, metaOf(erasureId, `release ${name}`));
    await commands.execute(release);
  }
  await commands.execute(new EraseMember({ memberId, erasureId }, metaOf(erasureId, 'member')));
}

async function destroyAgain(keys: readonly LedgerKey[], { commands, nest, vault }: CommandContext): Promise<number> {
  const kept: LedgerKey[] = [];
  for (const key of keys) if ((await vault.stateOf({ id: key.keyId })) === 'kept') kept.push(key);
  for (const { stream, erasureId } of kept) {
    if (!stream.startsWith(COMMENT)) continue;
    const commentId = stream.slice(COMMENT.length);
    const erase = new EraseComment({ commentId, erasureId }, metaOf(erasureId, `comment ${commentId}`));
    await commands.execute(erase).catch(unlessUnknown);
  }
  const again = metaOf('ledger', 'keys');
  await nest.get(KeyDestruction).destroyAll(
    kept.map(({ keyId, stream }) => ({ keyId, stream })),
    again,
  );
  return kept.length;
}

/** A key may be older than the first event that it sealed. */
function unlessUnknown(error: unknown): void {
  if (!(error instanceof DomainError) || error.code !== 'comment_not_found') throw error;
}

function metaOf(erasureId: string, what: string): CommandMeta {
  const now = new Date().toISOString();
  const commandId = deriveId(erasureId, what);
  return { commandId, actor: 'system', now, correlationId: erasureId, causationId: null };
}

/** For a person, in one line. */
export function erasedAgain({ erasures, keys }: Applied): string {
  return `erased again: ${counted(keys, 'key')} of ${counted(erasures, 'erasure')}, which the next start finishes`;
}
