import { trusted } from '../kernel/index.ts';
import type { Projected } from './port.ts';

/**
 * What one view says of its commits, out of all that was told, in log order. The projector hands on what the projection of that
 * view returned, and nothing else comes under its name.
 *
 *     const membersChanges = changesOf<MemberProjected>('members');
 *     views.onProjected((projected) => { for (const change of membersChanges(projected)) … });
 */
export function changesOf<Change>(view: string): (projected: readonly Projected[]) => readonly Change[] {
  return (projected) =>
    projected.flatMap((told) => (told.view === view ? trusted<readonly Change[]>(told.changes) : []));
}
