import { Module } from '@nestjs/common';
import { CatchUps } from './catch-ups.ts';
import { Handshakes } from './handshake.ts';
import { LiveGateway } from './live.gateway.ts';
import { LiveAudit } from './live-audit.ts';
import { LiveClaims } from './live-claims.ts';
import { LiveConnections } from './live-connections.ts';
import { LiveCounts } from './live-counts.ts';
import { LiveMessages } from './live-messages.ts';
import { LiveModeration } from './live-moderation.ts';
import { LiveNotifications } from './live-notifications.ts';
import { LivePresence } from './live-presence.ts';
import { LiveSessions } from './live-sessions.ts';
import { LiveThreads } from './live-threads.ts';
import { Neighbours } from './neighbours.ts';

/** Live threads: the Socket.IO namespace /live. The app's global modules provide what it injects. */
@Module({
  providers: [
    LiveGateway,
    LiveMessages,
    LiveThreads,
    CatchUps,
    LivePresence,
    LiveModeration,
    LiveAudit,
    LiveNotifications,
    LiveCounts,
    LiveClaims,
    LiveSessions,
    LiveConnections,
    Neighbours,
    Handshakes,
  ],
})
export class LiveModule {}
