import { Module } from '@nestjs/common';
import { CatchUps } from './catch-ups.ts';
import { Handshakes } from './handshake.ts';
import { LiveGateway } from './live.gateway.ts';
import { LiveAudit } from './live-audit.ts';
import { LiveClaims } from './live-claims.ts';
import { LiveConnections } from './live-connections.ts';
import { LiveMessages } from './live-messages.ts';
import { LiveModeration } from './live-moderation.ts';
import { LivePresence } from './live-presence.ts';
import { LiveSessions } from './live-sessions.ts';
import { LiveThreads } from './live-threads.ts';
import { Neighbours } from './neighbours.ts';

/** Threads as they change: the Socket.IO namespace /live. What it injects, the app's global modules provide. */
@Module({
  providers: [
    LiveGateway,
    LiveMessages,
    LiveThreads,
    CatchUps,
    LivePresence,
    LiveModeration,
    LiveAudit,
    LiveClaims,
    LiveSessions,
    LiveConnections,
    Neighbours,
    Handshakes,
  ],
})
export class LiveModule {}
