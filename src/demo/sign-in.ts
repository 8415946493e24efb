import { deriveId } from '../../libs/kernel/index.ts';
import { demoMemberCommandId } from './timeline.ts';

/** The member of each part in the demo's one-click sign-in. */
const HANDLES: Readonly<Record<string, string>> = {
  participant: 'linh',
  editor: 'mekong-desk',
  moderator: 'thida',
  auditor: 'observer',
};

/** The id of the demo member who plays this part; undefined for a part that nobody plays. */
export function demoMemberId(part: string): string | undefined {
  const handle = Object.hasOwn(HANDLES, part) ? HANDLES[part] : undefined;
  return handle === undefined ? undefined : deriveId(demoMemberCommandId(handle), 'member');
}
