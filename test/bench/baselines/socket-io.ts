/**
 * A bare Socket.IO room: who connects to /live is in it, and `post` is broadcast to all of it as `thread:changes`, with
 * the payload that it carried. Prints its address.
 */
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const live = new Server(http, { transports: ['websocket'], serveClient: false }).of('/live');

live.on('connection', (socket) => {
  void socket.join('thread');
  socket.on('post', (payload: object, acknowledge: (answer: object) => void) => {
    live.to('thread').emit('thread:changes', payload);
    acknowledge({ ok: true });
  });
});

http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (typeof address === 'object' && address !== null) process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
