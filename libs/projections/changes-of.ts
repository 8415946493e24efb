import { trusted } from '../kernel/index.ts';
import type { Projected } from './port.ts';

/**
 * One view's changes out of all messages, in log order. The projector passes on what the view's projection returned,
 * and nothing else comes under its name.
 *
 * const membersChanges = changesOf<MemberProjected>('members');
 * views.onProjected((projected) => { for (const change of membersChanges(projected)) … });
 */
export function changesOf<Change>(view: string): (projected: readonly Projected[]) => readonly Change[] {
  return (projected) =>
    projected.flatMap((told) => (told.view === view ? trusted<readonly Change[]>(told.changes) : []));
}
