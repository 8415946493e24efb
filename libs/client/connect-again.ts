import { type LiveSocket, refusalIn } from './live-client.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Connects a socket again that the forum refused for a reason that passes: Socket.IO does so only where nothing answered.
 * Each time after the pause that the forum asks for and a random part of a growing one, since those who are refused together
 * would come back together. Called once for each socket.
 */
export function connectAgain(socket: LiveSocket & { connect(): unknown }): void {
  let longest = FIRST_PAUSE_MS;
  socket.on('connect', () => {
    longest = FIRST_PAUSE_MS;
  });
  socket.on('connect_error', (error) => {
    const { passing, retryAfterSeconds = 0 } = refusalIn(error);
    if (socket.active || !passing) return;
    setTimeout(() => socket.connect(), retryAfterSeconds * 1000 + longest * (0.5 + Math.random() / 2));
    longest = Math.min(2 * longest, LONGEST_PAUSE_MS);
  });
}
