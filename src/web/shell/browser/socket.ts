import { Manager, type Socket } from 'socket.io-client';
import { connectAgain } from '../../../../libs/client/connect-again.ts';
import { frameSite } from './frame-site.ts';

/**
 * Connects to the forum, and again as soon as the browser is on the network, or a full forum takes it. Other programs of the page may share the
 * connection, which reads and writes for nobody else than the member `as` whom the page was drawn for.
 */
export function connect(as?: string): Socket {
  // Polling goes by fetch (scripts/build-web.mjs), which sends the session only when it is told to.
  const connection = new Manager(location.origin, {
    transports: ['websocket', 'polling'],
    withCredentials: true,
    tryAllTransports: true,
    reconnectionDelayMax: 5_000,
  });
  const socket = connection.socket('/live', { auth: { frame: frameSite(), as } });
  const offer = (): void => {
    document.dispatchEvent(new CustomEvent('colloquy:socket', { detail: socket }));
  };
  document.addEventListener('colloquy:socket-wanted', offer);
  offer();
  connectAgain(socket);
  // The forum ends the connection of somebody who was banned; connecting again tells why.
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') socket.connect();
  });
  addEventListener('online', () => {
    if (!socket.connected) socket.connect();
  });
  return socket;
}
