import { WebSocketServer } from 'ws';
import { isOneTooMany } from './unwanted.ts';

type Options = NonNullable<ConstructorParameters<typeof WebSocketServer>[0]>;
type Upgrade = WebSocketServer['handleUpgrade'];

/** The most frames of one message; browsers send it in one, or cut it at 128 KiB. */
export const MOST_FRAGMENTS = 128;

/**
 * The WebSockets given to Socket.IO. Each frame with content gets a turn of the event loop, so that thousands of small
 * ones in one read hold up nobody else. Pings and pongs, which Engine.IO never hears of, are counted here.
 */
export class FramesInTurn extends WebSocketServer {
  constructor(options: Options) {
    super({ ...options, allowSynchronousEvents: false, maxFragments: MOST_FRAGMENTS });
  }

  override handleUpgrade(...[request, socket, head, taken]: Parameters<Upgrade>): void {
    super.handleUpgrade(request, socket, head, (webSocket, upgraded) => {
      const count = (): void => {
        if (isOneTooMany(webSocket)) webSocket.terminate();
      };
      webSocket.on('ping', count);
      webSocket.on('pong', count);
      taken(webSocket, upgraded);
    });
  }
}
