import type { IncomingMessage } from 'node:http';
import cookie from '@fastify/cookie';
import forms from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, formatPosition, shuttingDown } from '../../../../libs/kernel/index.ts';
import type { Views } from '../../../../libs/projections/index.ts';
import type { Admission } from '../../../access/admission/admission.ts';
import type { AllowedHosts } from '../../../access/allowed-hosts.ts';
import type { KeptAnswers } from '../../../access/kept-answers.ts';
import type { Principal } from '../../../access/principal.ts';
import type { RouteGuard } from '../../../access/request.ts';
import { BODY_LIMIT, bodyLimitOf } from '../../input/body-sizes.ts';
import type { ExportIntake } from '../../input/export-form.ts';
import { formBody } from '../../input/form-body.ts';
import { MOST_POLICY_ENTRIES, parseJson } from '../../input/json-body.ts';
import { AccessHook, type AccessParts } from './access-hook.ts';
import { admit } from './admit.ts';
import { allowPages } from './allow-pages.ts';
import { answerKept } from './answer-kept.ts';
import { compressAnswers } from './compress-answers.ts';
import type { HttpMetrics } from './http-metrics.ts';
import { readFiles } from './read-files.ts';
import { readMails } from './read-mails.ts';
import type { RouteTable } from './route-table.ts';
import type { CommonHeaders } from './security-headers.ts';

export interface ServerParts extends AccessParts {
  readonly routes: RouteTable;
  readonly headers: CommonHeaders;
  readonly hosts: AllowedHosts;
  readonly views: Pick<Views, 'position' | 'reached'>;
  readonly metrics: HttpMetrics | null;
  readonly admission: Admission;
  readonly kept: KeptAnswers;
  /** The number of proxies whose word about the reader's address is believed. */
  readonly proxies: number;
  /** The longest comment, in characters. */
  readonly commentMaxLength: number;
  /** Whether the forum waits for its first admin. */
  readonly founding: { readonly isNeeded: boolean };
  /** Refuses, before its bytes are received, who may not bring an image; see BringingImages. */
  readonly requireBringing: (principal: Principal) => Promise<void>;
  /** Where exports of other systems come in. */
  readonly exports: ExportIntake;
  /** Lets a request with a file take longer than others. */
  readonly bringsFile: (request: IncomingMessage) => void;
  /** Whether pages of this origin are discussed here. */
  readonly isDiscussed: (origin: string) => boolean;
  /** True from the moment when no new work is taken. */
  readonly isClosing: () => boolean;
}

const POLICY_BODIES: ReadonlySet<string> = new Set([
  'PUT /api/v1/moderation/policy',
  'POST /api/v1/moderation/policy/simulations',
]);

/** Forms in parts (RFC 7578): one with a picture or two, and the one that mail programs send (RFC 8058, section 3.2). */
const FILE_BODIES: ReadonlySet<string> = new Set(['POST /admin/settings', 'POST /leave/:token']);

/** One image, read as it comes. */
const IMAGE_BODIES: ReadonlyMap<string, 'alone' | 'with-fields'> = new Map([
  ['POST /api/v1/images', 'alone'],
  ['POST /images/new', 'with-fields'],
]);

/** A file that may be larger than the memory. */
const EXPORT_BODIES: ReadonlySet<string> = new Set(['POST /admin/import']);

/** Mails as they came. */
const MAIL_BODIES: ReadonlySet<string> = new Set(['POST /api/v1/inbound-mail']);

/** Installs what every route shares on a Fastify server, before any route is registered. */
export async function installServer(server: FastifyInstance, parts: ServerParts): Promise<void> {
  parts.routes.watch(server);
  server.addHook('onRoute', (route) => {
    const name = `${String(route.method)} ${route.url}`;
    route.bodyLimit = bodyLimitOf(name, parts.commentMaxLength);
    if (FILE_BODIES.has(name)) route.config = { ...route.config, takesFiles: true };
    const takesImage = IMAGE_BODIES.get(name);
    if (takesImage !== undefined) route.config = { ...route.config, takesImage };
    if (EXPORT_BODIES.has(name)) route.config = { ...route.config, takesExport: true };
    if (MAIL_BODIES.has(name)) route.config = { ...route.config, takesMails: true };
    if (POLICY_BODIES.has(name)) route.config = { ...route.config, mostEntries: MOST_POLICY_ENTRIES };
  });
  server.decorateRequest('principal', null);
  server.decorateRequest('session', null);
  server.decorateRequest('sessionRefusal', null);
  server.decorateRequest('seen', null);
  await server.register(cookie, { hook: false });
  await server.register(forms, { bodyLimit: BODY_LIMIT, parser: formBody });
  readJson(server);
  readFiles(server, parts);
  readMails(server);
  guard(server, parts);
  parts.metrics?.watch(server);
  answerKept(server.server, { ...parts, cookiesIn: (header) => server.parseCookie(header) });
}

/** A body of more bytes is checked in another turn of the event loop than it is read in. */
const LONG_BODY = 512 * 1024;

/** JSON bodies are read by the forum's own rules at every address; an empty body counts as none. */
function readJson(server: FastifyInstance): void {
  server.removeContentTypeParser(['application/json', 'text/plain']);
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const { mostEntries } = request.routeOptions.config;
    try {
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      const value = bytes.length === 0 ? undefined : parseJson(bytes, mostEntries);
      if (bytes.length < LONG_BODY) done(null, value);
      else setImmediate(done, null, value);
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

/**
 * Installs the headers of all answers, admission, and the permission table's gate. A request that can be judged at once
 * does not wait.
 */
function guard(server: FastifyInstance, parts: ServerParts): void {
  const access = new AccessHook(parts);
  server.addHook('onRequest', (request, reply, done) => {
    const { guard: route } = request.routeOptions.config;
    parts.headers.put(request, reply, route?.forPrograms);
    request.cookies = cookiesOf(request, server);
    parts.hosts.check(request.headers, request.url);
    if (parts.isClosing()) throw closing(reply);
    if (waitsForFounder(route, parts)) reply.redirect(WELCOME, 303);
    else done();
  });
  allowPages(server, parts.isDiscussed);
  // Installed before the slot is given back, so that no more answers wait for compression than requests have slots.
  compressAnswers(server);
  admit(server, parts.admission);
  server.addHook('onRequest', (request, reply, done) => {
    const { guard: route } = request.routeOptions.config;
    const checking = access.check(request, reply, route);
    const letIn = (): void => {
      if (route?.forPrograms === true) welcomeProgram(request, reply, parts);
    };
    if (checking !== undefined) return void checking.then(letIn).then(() => done(), done);
    letIn();
    done();
  });
  server.addHook('preValidation', (request, reply, done) => {
    const checking = access.checkAgain(request, reply, request.routeOptions.config.guard);
    if (checking === undefined) done();
    else void checking.then(() => done(), done);
  });
}

/** The page that a forum without members shows in place of every other one. */
const WELCOME = '/welcome';
/** What that page needs itself. */
const FOR_WELCOME: ReadonlySet<string> = new Set([
  `GET ${WELCOME}`,
  `POST ${WELCOME}`,
  'POST /locale',
  'GET /assets/:file',
  'GET /brand/:file',
  'GET /images/:file',
]);

function waitsForFounder(route: RouteGuard | undefined, { founding }: ServerParts): boolean {
  return route !== undefined && !route.forPrograms && !FOR_WELCOME.has(route.name) && founding.isNeeded;
}

const NO_COOKIES = Object.freeze({});

function cookiesOf({ headers }: FastifyRequest, server: FastifyInstance): FastifyRequest['cookies'] {
  return headers.cookie === undefined ? NO_COOKIES : server.parseCookie(headers.cookie);
}

/**
 * The API takes JSON alone, pages take forms alone. `Colloquy-Position` tells the least position that an answer shows.
 */
function welcomeProgram(request: FastifyRequest, reply: FastifyReply, { views }: ServerParts): void {
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true) {
    throw new DomainError('unsupported_media_type', 'Send the request as application/json.');
  }
  reply.header('colloquy-position', formatPosition(views.position()));
}

function closing(reply: FastifyReply): DomainError {
  reply.header('connection', 'close');
  return shuttingDown();
}
