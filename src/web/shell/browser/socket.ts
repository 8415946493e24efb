import { io, type Socket } from 'socket.io-client';

/** Connects to the forum, and again as soon as the browser is on the network. */
export function connect(): Socket {
  const socket = io('/live', { transports: ['websocket', 'polling'], reconnectionDelayMax: 5_000 });
  addEventListener('online', () => {
    if (!socket.connected) socket.connect();
  });
  return socket;
}
