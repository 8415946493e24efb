import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { connect, type Socket } from 'node:net';
import { generate } from 'selfsigned';
import type { Environment } from '../../src/config.ts';
import { type RunningForum, type StartOptions, startForum } from './running-forum.ts';

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
  /** The Cookie header that came last with a request of the forum, by its path. */
  readonly cookies: Map<string, string>;
  /** Keeps the forum's answers at matching paths back until the returned function is called. */
  readonly hold: (pattern: RegExp) => () => void;
  readonly close: () => Promise<void>;
}

/** What a browser is started with, so that it finds the names; it must not mind the certificates. */
export const FINDS_SITES = ['--host-resolver-rules=MAP *.test 127.0.0.1'];
/** The names, for a browser that takes a list of those that are on this machine. */
export const LOCAL_NAMES = 'forum.test,blog.test,other.test,evil.test,sub.blog.test';
const FORUM = 'forum.test';
/** Where a browser gets a cookie of the forum's site that is not partitioned: it tells whether such cookies come into frames. */
export const CONTROL = '/control';
const CONTROL_COOKIE = 'control=third-party; Path=/; Secure; SameSite=None';

/** What the front door knows. */
interface Door {
  /** Of the forum itself. */
  port: number;
  held: { readonly pattern: RegExp; readonly until: Promise<void> } | null;
  readonly pages: ReadonlyMap<string, HostPage>;
  readonly cookies: Map<string, string>;
}

/** `env` gets the site's origins, since the port is known only here. */
export async function startTwoSites(
  env: (site: TwoSites['site']) => Environment,
  parts: Omit<StartOptions, 'env'> = {},
): Promise<TwoSites> {
  const pages = new Map<string, HostPage>();
  const cookies = new Map<string, string>();
  const door: Door = { port: 0, held: null, pages, cookies };
  const server = await frontDoor(door);
  const site = (name: string): string => `https://${name}:${portOf(server)}`;
  const forum = await startForum({ env: { PUBLIC_URL: site(FORUM), ...env(site) }, ...parts });
  door.port = Number(new URL(forum.url).port);
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await forum.close();
  };
  return { forum, origin: site(FORUM), site, pages, cookies, hold: (pattern) => hold(door, pattern), close };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  return address.port;
}

function hold(door: Door, pattern: RegExp): () => void {
  const { promise: until, resolve } = Promise.withResolvers<void>();
  door.held = { pattern, until };
  return () => {
    door.held = null;
    resolve();
  };
}

async function frontDoor(door: Door): Promise<Server> {
  const made = await generate([{ name: 'commonName', value: FORUM }], { keyType: 'ec', curve: 'P-256' });
  const server = createServer({ key: made.private, cert: made.cert }, (request, response) => {
    const name = request.headers.host?.split(':')[0] ?? '';
    if (name === FORUM) void atForum(request, response, door);
    else showPage(door.pages.get(`${name}${request.url}`), response);
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) =>
    upgrade(request, { socket, head }, door.port),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function showPage(page: HostPage | undefined, response: ServerResponse): void {
  const headers = { 'content-type': 'text/html; charset=utf-8', ...page?.headers };
  response.writeHead(page ? 200 : 404, headers).end(page?.html);
}

async function atForum(request: IncomingMessage, response: ServerResponse, door: Door): Promise<void> {
  const { url = '/', headers } = request;
  if (url === CONTROL) {
    response.writeHead(200, { 'set-cookie': CONTROL_COOKIE, 'content-type': 'text/html' }).end('A cookie');
    return;
  }
  door.cookies.set(url.split('?')[0] ?? '', headers.cookie ?? '');
  if (door.held?.pattern.test(url)) await door.held.until;
  passOn(request, response, door.port);
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
