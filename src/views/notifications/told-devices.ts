import type { Database } from 'better-sqlite3';
import { idBytes } from '../ids.ts';
import { type DEVICE_TYPES, deviceChangeOf } from '../push/door/device-changes.ts';
import type { StoredOf } from '../stored.ts';

/** Knows who has a device that is told by push: for all others no push is ever due. */
export function followDevices(db: Database): (event: StoredOf<(typeof DEVICE_TYPES)[number]>) => void {
  const add = db.prepare('INSERT OR REPLACE INTO device (member, subscription, session) VALUES (?, ?, ?)');
  const remove = db.prepare('DELETE FROM device WHERE member = ? AND subscription = ?');
  const endSession = db.prepare('DELETE FROM device WHERE member = ? AND session = ?');
  const endSessions = db.prepare('DELETE FROM device WHERE member = ? AND session IS NOT ?');
  const forget = db.prepare(`
    DELETE FROM pending WHERE member = @member AND way = 'push'
      AND NOT EXISTS (SELECT 1 FROM device WHERE member = @member)`);
  return (event) => {
    const change = deviceChangeOf(event);
    if (change === null) return;
    const member = idBytes(event.data.memberId);
    switch (change.kind) {
      case 'added':
        add.run(member, idBytes(change.subscriptionId), change.sessionId);
        return;
      case 'removed':
        remove.run(member, idBytes(change.subscriptionId));
        break;
      case 'session-ended':
        endSession.run(member, change.sessionId);
        break;
      case 'sessions-ended':
        endSessions.run(member, change.except);
        break;
      case 'erased':
        endSessions.run(member, null);
        break;
      default:
        change satisfies never;
    }
    forget.run({ member });
  };
}
