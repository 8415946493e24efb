import type { Viewer } from '../views/viewer.ts';

/** No one person: sees posts as editors do, scheduled and withdrawn ones too. */
export const ANY_EDITOR: Viewer = { memberId: '', roles: ['editor'] };
