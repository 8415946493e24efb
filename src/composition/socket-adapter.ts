import { IoAdapter } from '@nestjs/platform-socket.io';

type CreateServer = IoAdapter['createIOServer'];
type SocketServer = ReturnType<CreateServer>;

/** Socket.IO on the HTTP server, counting its connections. */
export class CountingIoAdapter extends IoAdapter {
  #server: SocketServer | undefined;

  override createIOServer(...settings: Parameters<CreateServer>): SocketServer {
    const server = super.createIOServer(...settings);
    this.#server = server;
    return server;
  }

  sockets(): number {
    return this.#server?.engine.clientsCount ?? 0;
  }
}
