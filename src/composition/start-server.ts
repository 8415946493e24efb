import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TEXT_LIMITS } from '../../libs/words/index.ts';
import { Admission } from '../access/admission/admission.ts';
import { SYSTEM_CLOCK } from '../access/admission/turn.ts';
import { AllowedHosts } from '../access/allowed-hosts.ts';
import { Founding } from '../access/founding.ts';
import { PAGE_ERRORS } from '../access/page-errors.ts';
import { PublicAddress } from '../access/public-address.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { Sessions } from '../access/sign-in/sessions.ts';
import { BringingImages } from '../acts/bringing-images.ts';
import { Importing } from '../acts/importing/importing.ts';
import { Pages } from '../acts/pages.ts';
import { Proving } from '../acts/proving/proving.ts';
import { installServer } from '../api/http/server/install.ts';
import { ProblemFilter } from '../api/http/server/problem-filter.ts';
import { RouteTable } from '../api/http/server/route-table.ts';
import { CommonHeaders } from '../api/http/server/security-headers.ts';
import { commentBytes } from '../api/input/body-sizes.ts';
import { appModule } from '../app.module.ts';
import { StreamErasing } from '../commands/erase-streams.ts';
import { KeyDestruction } from '../commands/key-destruction.ts';
import { ImageStoring } from '../commands/store-image.ts';
import { Rehearsals } from '../rehearsal/rehearsals.ts';
import { KeptPosts } from '../views/post-list/kept-posts.ts';
import { SITE, type SiteInMemory } from '../views/site/site.query-types.ts';
import { EncodedThreads } from '../views/thread/encoded-threads.ts';
import { KeptDiscussions } from '../views/thread/kept-discussions.ts';
import { EncodedPasts } from '../views/thread/past/encoded-past.ts';
import { KeptLives } from '../views/thread/past/kept-lives.ts';
import { KeptFiles } from '../web/feeds/kept-files.ts';
import { KeptPages } from '../web/shell/kept-pages.ts';
import { keptConversations } from '../web/thread/kept-conversations.tsx';
import { MemberPages } from '../web/thread/member-pages.tsx';
import { callModerators } from './calling.ts';
import { carryOutErasures } from './erasures.ts';
import { newFastifyAdapter, type RefusalPages } from './fastify-adapter.ts';
import type { Forum } from './forum.ts';
import { forgetGuests } from './guests.ts';
import { tellHub } from './hub.ts';
import { exportIntake } from './importing/importing-provider.ts';
import { sendIssues } from './issues.ts';
import { closeServer, listenOptions, portOf, urlOf } from './listening.ts';
import { NestLogger } from './logging.ts';
import { sendMails } from './mails.ts';
import { OpenConnections } from './open-connections.ts';
import { openFilesLimit, shareOfNetwork, socketsWithin } from './open-files.ts';
import { sendPushes } from './pushes.ts';
import { finishDestructions, sweepImages } from './reached-log.ts';
import { rehearsalLog } from './rehearsal-log.ts';
import { tellServedAddress } from './served-address.ts';
import { ForumIoAdapter } from './socket-adapter.ts';
import { tellMembers } from './tellings.ts';
import { type ServedParts, type WatchedForum, watchForum } from './watched-forum.ts';

/** The HTTP server before the forum is installed on it. */
interface Entrance {
  readonly routes: RouteTable;
  readonly address: PublicAddress;
  readonly headers: CommonHeaders;
  readonly adapter: ReturnType<typeof newFastifyAdapter>;
  readonly refusals: RefusalPages;
  readonly connections: OpenConnections;
  readonly admission: Admission;
  readonly sockets: ForumIoAdapter;
  readonly nestLogger: NestLogger;
  isClosing: boolean;
}

/** The parts of ForumParts that the server itself needs. */
interface ServerOptions {
  readonly sharesPort: boolean;
  readonly reacts: boolean;
}

/** Installs the forum on an HTTP server and listens. Throws the system's error for an address that cannot be taken. */
export async function startServer(
  served: ServedParts,
  { sharesPort, reacts }: ServerOptions,
): Promise<Omit<Forum, 'log' | 'views' | 'failed' | 'founderCode'>> {
  const { config } = served.log;
  const leaseMs = config.leaseSeconds * 1_000;
  const entrance = openEntrance(served);
  const watched = watchForum(served, entrance);
  const { audit, mender } = watched;
  const rehearsals = new Rehearsals(rehearsalLog(config));
  const app = await createApp(served, entrance, { ...watched, rehearsals, leaseMs });
  try {
    await install(app, entrance, served, watched);
    await app.listen(listenOptions(config, sharesPort));
  } catch (error) {
    await app.close().catch(() => undefined);
    await audit.close();
    throw error;
  }
  entrance.nestLogger.serving();
  if (served.reading === null) mender.begin();
  const port = portOf(app);
  entrance.address.listensOn(config.host, port);
  const untell = tellServedAddress(config.dataDir, urlOf(config.host, port));
  const isReacting = reacts && served.reading === null;
  const mails = isReacting ? sendMails(served, watched, { app, address: entrance.address, leaseMs }) : null;
  const tellings = isReacting ? tellMembers(served, { app, leaseMs }) : null;
  const pushes = isReacting ? sendPushes(served, watched, { app, address: entrance.address, leaseMs }) : null;
  const calling = isReacting ? callModerators(served, { app, leaseMs }) : null;
  const erasures = isReacting ? carryOutErasures(served, { app, leaseMs }) : null;
  const forgetting = isReacting ? forgetGuests(served, { app, leaseMs }) : null;
  const hub = isReacting ? tellHub(served, { app, address: entrance.address, leaseMs }) : null;
  const issues = isReacting ? sendIssues(served, { app, leaseMs }) : null;
  served.tree.keepCheckpoints(() => app.get(Proving).checkpoint());
  const importing = app.get(Importing, { strict: false });
  const close = async (): Promise<void> => {
    entrance.isClosing = true;
    untell();
    const reactors = [mails, tellings, pushes, calling, erasures, forgetting, hub, issues].map((reactor) =>
      reactor?.close(),
    );
    await Promise.all([...reactors, importing.close(), closeServer(app, entrance.connections)]);
    await served.tree.keepLast();
    await mender.close();
    await rehearsals.close();
    await audit.close();
  };
  return { url: urlOf(config.host, port), port, app, routes: entrance.routes, close };
}

function openEntrance({ log: { config }, views, logger }: ServedParts): Entrance {
  const address = new PublicAddress(config.publicUrl, config.host, config.port);
  const headers = new CommonHeaders(address);
  const refusals: RefusalPages = { pages: null };
  const adapter = newFastifyAdapter(config, headers, refusals);
  const { server } = adapter.getInstance();
  const connections = new OpenConnections(server);
  const admission = new Admission(config.answerWithinMs, SYSTEM_CLOCK, () => views.attend());
  const mostSockets = config.liveSockets ?? socketsWithin(openFilesLimit());
  const sockets = new ForumIoAdapter(server, {
    mostFrameBytes: commentBytes(config.commentMaxLength ?? TEXT_LIMITS.comment.max),
    mostSockets,
    mostOfNetwork: config.liveSocketsPerNetwork ?? shareOfNetwork(mostSockets),
    proxies: config.trustProxy,
    admission,
    address,
    headers,
  });
  const nestLogger = new NestLogger(logger);
  const routes = new RouteTable();
  return { routes, address, headers, adapter, refusals, connections, admission, sockets, nestLogger, isClosing: false };
}

async function createApp(
  { log, views, tree, findings, reading, logger }: ServedParts,
  { address, admission, adapter, nestLogger }: Entrance,
  watched: WatchedForum & { readonly rehearsals: Rehearsals; readonly leaseMs: number },
): Promise<NestFastifyApplication> {
  const { health, metrics, audit } = watched;
  const app = await NestFactory.create<NestFastifyApplication>(
    appModule({
      log: watched.log,
      views,
      tree,
      address,
      health,
      reading: { alone: reading !== null },
      metrics,
      admission,
      findings,
      rehearsing: watched.rehearsals,
      auditing: audit.auditing,
      replaying: audit.replaying,
      leaseMs: watched.leaseMs,
    }),
    adapter,
    { bodyParser: false, logger: nestLogger, abortOnError: false },
  );
  finishDestructions(app.get(KeyDestruction, { strict: false }), { log, logger });
  if (reading === null) {
    const [images, erasing] = [app.get(ImageStoring, { strict: false }), app.get(StreamErasing, { strict: false })];
    sweepImages({ images, erasing }, { log, logger });
  }
  return app;
}

async function install(
  app: NestFastifyApplication,
  entrance: Entrance,
  { log, views, logger }: ServedParts,
  { metrics }: WatchedForum,
): Promise<void> {
  const { routes, headers, address, admission, adapter } = entrance;
  const pages = app.get(PAGE_ERRORS, { strict: false });
  entrance.refusals.pages = pages;
  const kept = app.get(KeptPages, { strict: false });
  const files = app.get(KeptFiles, { strict: false });
  metrics.watchPages(kept);
  metrics.watchKept({
    posts: app.get(KeptPosts, { strict: false }),
    discussions: app.get(KeptDiscussions, { strict: false }),
    comments: app.get(EncodedThreads, { strict: false }),
    pasts: app.get(EncodedPasts, { strict: false }),
    lives: app.get(KeptLives, { strict: false }),
    conversations: keptConversations,
    members: app.get(MemberPages, { strict: false }),
  });
  entrance.sockets.countBy(app.get(RateLimits));
  app.useWebSocketAdapter(entrance.sockets);
  app.useGlobalFilters(new ProblemFilter({ routes, log: logger, pages }));
  await installServer(adapter.getInstance(), {
    sessions: app.get(Sessions),
    limits: app.get(RateLimits),
    address,
    routes,
    headers,
    hosts: app.get(AllowedHosts),
    views,
    metrics,
    admission,
    kept: { standing: (wish) => files.standing(wish) ?? kept.standing(wish) },
    founding: app.get(Founding, { strict: false }),
    proxies: log.config.trustProxy,
    isDiscussed: (origin) => app.get<SiteInMemory>(SITE, { strict: false }).now().embedOrigins.includes(origin),
    hostsOf: (url) => app.get(Pages, { strict: false }).hostsFor(url),
    guests: () => app.get<SiteInMemory>(SITE, { strict: false }).now().guests,
    commentMaxLength: log.config.commentMaxLength ?? TEXT_LIMITS.comment.max,
    exports: exportIntake(log.config, app.get(Importing, { strict: false })),
    bringsFile: (request) => entrance.connections.bodies.bringsFile(request),
    requireBringing: (principal) => app.get(BringingImages, { strict: false }).require(principal),
    isClosing: () => entrance.isClosing,
  });
}
