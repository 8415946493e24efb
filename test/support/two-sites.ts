import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { connect, type Socket } from 'node:net';
import { generate } from 'selfsigned';
import type { Environment } from '../../src/config.ts';
import { type RunningForum, startForum } from './running-forum.ts';

/** A host's page: its HTML, with headers of its own. */
export interface HostPage {
  readonly html: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A forum and the pages of other sites, each at its own name, all by https at one port of this machine. */
export interface TwoSites {
  readonly forum: RunningForum;
  /** The forum's own origin. */
  readonly origin: string;
  /** The origin of a site, such as `blog.test`. */
  readonly site: (name: string) => string;
  /** By name and path, such as `blog.test/a`. */
  readonly pages: Map<string, HostPage>;
  readonly close: () => Promise<void>;
}

/** What a browser is started with, so that it finds the names; it must not mind the certificates. */
export const FINDS_SITES = ['--host-resolver-rules=MAP *.test 127.0.0.1'];
const FORUM = 'forum.test';

/** `env` gets the site's origins, since the port is known only here. */
export async function startTwoSites(env: (site: TwoSites['site']) => Environment): Promise<TwoSites> {
  const pages = new Map<string, HostPage>();
  const target = { port: 0 };
  const server = await frontDoor(target, pages);
  const site = (name: string): string => `https://${name}:${portOf(server)}`;
  const forum = await startForum({ env: { PUBLIC_URL: site(FORUM), ...env(site) } });
  target.port = Number(new URL(forum.url).port);
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await forum.close();
  };
  return { forum, origin: site(FORUM), site, pages, close };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  return address.port;
}

async function frontDoor(target: { readonly port: number }, pages: ReadonlyMap<string, HostPage>): Promise<Server> {
  const made = await generate([{ name: 'commonName', value: FORUM }], { keyType: 'ec', curve: 'P-256' });
  const server = createServer({ key: made.private, cert: made.cert }, (request, response) => {
    const name = request.headers.host?.split(':')[0] ?? '';
    if (name === FORUM) passOn(request, response, target.port);
    else showPage(pages.get(`${name}${request.url}`), response);
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) =>
    upgrade(request, { socket, head }, target.port),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function showPage(page: HostPage | undefined, response: ServerResponse): void {
  const headers = { 'content-type': 'text/html; charset=utf-8', ...page?.headers };
  response.writeHead(page ? 200 : 404, headers).end(page?.html);
}

function passOn(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url, headers } = request;
  const passed = ask({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  passed.on('error', () => response.destroy());
  request.pipe(passed);
}

function upgrade(
  { method, url, headers }: IncomingMessage,
  { socket, head }: { readonly socket: Socket; readonly head: Buffer },
  port: number,
): void {
  const passed = connect(port, '127.0.0.1', () => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    passed.write(`${method} ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    passed.write(head);
    passed.pipe(socket).pipe(passed);
  });
  for (const end of [passed, socket]) end.on('error', () => void [passed.destroy(), socket.destroy()]);
}
