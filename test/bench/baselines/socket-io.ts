/**
 * A bare Socket.IO room: who connects to /live is in it, and `broadcast` sends all of it the message and the payload
 * that it carried. Prints its address.
 */
import { createServer } from 'node:http';
import { Server } from 'socket.io';

interface Broadcast {
  readonly message: string;
  readonly payload: object;
}

const http = createServer();
const live = new Server(http, { transports: ['websocket'], serveClient: false }).of('/live');

live.on('connection', (socket) => {
  void socket.join('all');
  socket.on('broadcast', ({ message, payload }: Broadcast, acknowledge: (answer: object) => void) => {
    live.to('all').emit(message, payload);
    acknowledge({ ok: true });
  });
});

http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (typeof address === 'object' && address !== null) process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
