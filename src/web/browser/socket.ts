import { io } from 'socket.io-client';
import type { LiveSocket } from '../../../libs/client/live-client.ts';

/** Connects to the forum, and anew as soon as the browser is on the network again. */
export function connect(): LiveSocket {
  const socket = io('/live', { transports: ['websocket', 'polling'], reconnectionDelayMax: 5_000 });
  addEventListener('online', () => {
    if (!socket.connected) socket.connect();
  });
  return socket;
}
