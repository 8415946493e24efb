import { IoAdapter } from '@nestjs/platform-socket.io';
import { boundPackets } from '../api/live/connection-buffer.ts';

type CreateServer = IoAdapter['createIOServer'];
type SocketServer = ReturnType<CreateServer>;

/** Socket.IO on the HTTP server, counting its connections. A frame of more than `mostFrameBytes` ends its connection unread. */
export class ForumIoAdapter extends IoAdapter {
  readonly #mostFrameBytes: number;
  #server: SocketServer | undefined;

  constructor(http: ConstructorParameters<typeof IoAdapter>[0], mostFrameBytes: number) {
    super(http);
    this.#mostFrameBytes = mostFrameBytes;
  }

  override createIOServer(...[port, options]: Parameters<CreateServer>): SocketServer {
    const limit = { maxHttpBufferSize: this.#mostFrameBytes };
    const server = super.createIOServer(port, options && Object.assign({}, options, limit));
    server.engine.on('connection', boundPackets);
    this.#server = server;
    return server;
  }

  sockets(): number {
    return this.#server?.engine.clientsCount ?? 0;
  }
}
