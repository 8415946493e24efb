import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Views } from '../../../../libs/projections/index.ts';
import { type Admission, LANE_NAMES } from '../../../access/admission/admission.ts';
import type { Finding, Findings } from '../../../acts/auditing/findings.ts';

/** The sources of the gauges, asked at each scrape. */
export interface MetricSources {
  /** Views that differed from the log and were built anew. */
  readonly mendedViews: () => number;
  readonly views: Pick<Views, 'position' | 'state'>;
  readonly findings: Pick<Findings, 'standing'>;
  readonly head: () => Promise<bigint>;
  readonly sockets: { readonly state: { readonly open: number; readonly most: number; readonly refused: number } };
  readonly admission: Pick<Admission, 'state'>;
  /**
   * For a log in a file: the bytes of its write-ahead log, and the failed attempts to move them; null for another log.
   */
  readonly waiting: (() => { readonly bytes: number; readonly failed: number }) | null;
}

/** What the answers of a series have in common. */
export interface AnswerSeries {
  readonly method: string;
  /** `/posts/:slug` */
  readonly route: string;
  readonly status: number;
}

/** Takes the seconds that each answer of a series took. */
export interface AnswerTimes {
  add(seconds: number): void;
}

/** This process's figures for Prometheus. */
export class HttpMetrics {
  readonly #registry = new Registry();
  readonly #series = new Map<string, RequestTimes>();
  readonly #durations: Histogram<'method' | 'route' | 'status'>;
  /** Appends by their outcome: `recorded`, `repeated`, `conflict`, `failed`. */
  readonly appends: Counter<'outcome'>;
  /** Mails by what became of an attempt: `sent`, `no-receiver`, `failed`. */
  readonly mails: Counter<'outcome'>;
  /** Pushes by what became of an attempt: `sent`, `nothing`, `withdrawn`, `gone`, `failed`. */
  readonly pushes: Counter<'outcome'>;
  /** Sealed parts that could not be opened, each counted once. */
  readonly unreadableSeals: Counter;

  constructor(sources: MetricSources) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#durations = new Histogram({
      name: 'colloquy_http_request_seconds',
      help: 'Time from the first byte of a request to the end of its answer, by route',
      labelNames: ['method', 'route', 'status'],
      collect: () => {
        for (const times of this.#series.values()) times.pass();
      },
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    });
    this.appends = new Counter({
      name: 'colloquy_appends_total',
      help: 'Appends to the log',
      labelNames: ['outcome'],
      registers,
    });
    this.mails = new Counter({
      name: 'colloquy_mails_total',
      help: 'Attempts of this node to send a mail, by outcome',
      labelNames: ['outcome'],
      registers,
    });
    this.pushes = new Counter({
      name: 'colloquy_pushes_total',
      help: 'Attempts of this node to send a push to a device, by outcome',
      labelNames: ['outcome'],
      registers,
    });
    this.unreadableSeals = new Counter({
      name: 'colloquy_unreadable_seals_total',
      help: 'Sealed parts that could not be opened since the start, each once: see colloquy verify',
      registers,
    });
    /** NaN while a log server is away, so that all other figures are still shown. */
    const head = (): Promise<number> => sources.head().then(Number, () => Number.NaN);
    this.#gauge('colloquy_log_position', 'The newest position of the log', head);
    this.#gauge(
      'colloquy_view_lag_positions',
      'Positions between the log and what the views have read that writes wait for',
      async () => Math.max(0, (await head()) - Number(sources.views.position())),
    );
    this.#gauge(
      'colloquy_views_stopped',
      'Views that stand still',
      () => sources.views.state().filter((view) => view.stopped).length,
    );
    const late = 'Views that have stood still for half a minute behind what others have read: the search, mostly';
    this.#gauge('colloquy_views_late', late, () => sources.views.state().filter((view) => view.late).length);
    const building = 'Views that are built or read from where they were before all is known, or built anew';
    this.#gauge(
      'colloquy_views_building',
      building,
      () => sources.views.state().filter((view) => view.building).length,
    );
    this.#gauge(
      'colloquy_views_built_ratio',
      'How much is built of the view that has least, 1 when all can be read',
      () => Math.min(1, ...sources.views.state().map(({ built }) => built ?? 1)),
    );
    const standing = (): readonly Finding[] => sources.findings.standing();
    const mismatch = '1 when the log was found not to be what the tree beside it has, 0 otherwise';
    this.#gauge('colloquy_log_mismatch', mismatch, () => Number(standing().some(({ kind }) => kind === 'log')));
    const found = 'What was found wrong with the log or a view and is not mended';
    this.#gauge('colloquy_findings', found, () => standing().length);
    this.#gauge('colloquy_live_sockets', 'Open live connections', () => sources.sockets.state.open);
    this.#gauge('colloquy_live_sockets_most', 'Live connections at most', () => sources.sockets.state.most);
    this.#total('colloquy_live_sockets_refused_total', 'Live connections refused', () => sources.sockets.state.refused);
    this.#admissions(sources.admission);
    const mended = 'Views whose file was not what the log makes of it, built anew';
    this.#total('colloquy_views_mended_total', mended, () => sources.mendedViews());
    const { waiting } = sources;
    if (waiting !== null) {
      this.#gauge('colloquy_log_wal_bytes', "Bytes of the log's write-ahead log", () => waiting().bytes);
      const help = 'Attempts to move the write-ahead log into the log that failed';
      this.#gauge('colloquy_log_checkpoints_failed', help, () => waiting().failed);
    }
  }

  /** Counts the pages that are kept for readers without an account. */
  watchPages(kept: {
    readonly state: { readonly answered: number; readonly made: number; readonly bytes: number };
  }): void {
    const answered = 'Pages sent to readers without an account from what is kept, or that were made to be kept';
    this.#total('colloquy_pages_shared_total', answered, () => kept.state.answered);
    this.#total('colloquy_pages_made_total', 'Of these, how many were made', () => kept.state.made);
    this.#gauge('colloquy_pages_kept_bytes', 'HTML of the pages that are kept', () => kept.state.bytes);
  }

  /** The mails that are not settled, by state. */
  watchMails(count: () => Promise<Readonly<Record<string, number>>>): void {
    const gauge: Gauge<'state'> = new Gauge({
      name: 'colloquy_mails_unsettled',
      help: 'Mails that wait, that failed and are tried again, and that were given up',
      registers: [this.#registry],
      labelNames: ['state'],
      async collect() {
        // The other figures are shown all the same while the views are not ready.
        const counts = await count().catch(() => ({}));
        for (const [state, mails] of Object.entries(counts)) gauge.set({ state }, mails);
      },
    });
  }

  /** Bytes of caches, by their name. */
  watchKept(kept: Readonly<Record<string, { readonly state: { readonly bytes: number } }>>): void {
    const gauge: Gauge<'of'> = new Gauge({
      name: 'colloquy_kept_bytes',
      help: 'Bytes of what is kept in memory so that it need not be made again, about',
      registers: [this.#registry],
      labelNames: ['of'],
      collect() {
        for (const [of, { state }] of Object.entries(kept)) gauge.set({ of }, state.bytes);
      },
    });
  }

  watch(server: FastifyInstance): void {
    server.addHook('onResponse', (request, reply, done) => {
      const { url: route = 'unknown' } = request.routeOptions;
      this.times({ method: request.method, route, status: reply.raw.statusCode }).add(reply.elapsedTime / 1000);
      done();
    });
  }

  /** The one recorder of a series, since finding a series by its labels costs more than counting. */
  times({ method, route, status }: AnswerSeries): AnswerTimes {
    const key = `${status} ${method} ${route}`;
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const series = this.#durations.labels(method, route, String(status));
    const times = new RequestTimes((seconds) => series.observe(seconds));
    this.#series.set(key, times);
    return times;
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #admissions(admission: Pick<Admission, 'state'>): void {
    const registers = [this.#registry];
    const labelNames = ['lane'] as const;
    const of = (name: string, help: string) => new Gauge({ name, help, registers, labelNames });
    const underWay = of('colloquy_work_under_way', 'Requests that are worked on, by kind');
    const waiting = of('colloquy_work_waiting', 'Requests that wait for their turn, by kind');
    const refused = new Counter({
      name: 'colloquy_work_refused_total',
      help: 'Requests refused since they would have waited too long, by kind',
      registers,
      labelNames,
      collect() {
        refused.reset();
        for (const lane of LANE_NAMES) {
          const state = admission.state(lane);
          underWay.set({ lane }, state.underWay);
          waiting.set({ lane }, state.waiting);
          refused.inc({ lane }, state.refused);
        }
      },
    });
  }

  #total(name: string, help: string, read: () => number): void {
    const total: Counter = new Counter({
      name,
      help,
      registers: [this.#registry],
      collect() {
        total.reset();
        total.inc(read());
      },
    });
  }

  #gauge(name: string, help: string, read: () => number | Promise<number>): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [this.#registry],
      async collect() {
        gauge.set(await read());
      },
    });
  }
}

const MOST_WAITING = 512;

/** The times of one series, passed on many at once; one by one they would cost a request several times as much. */
class RequestTimes {
  readonly #observe: (seconds: number) => void;
  readonly #waiting = new Float64Array(MOST_WAITING);
  #count = 0;

  constructor(observe: (seconds: number) => void) {
    this.#observe = observe;
  }

  add(seconds: number): void {
    this.#waiting[this.#count] = seconds;
    this.#count += 1;
    if (this.#count === MOST_WAITING) this.pass();
  }

  pass(): void {
    for (const seconds of this.#waiting.subarray(0, this.#count)) this.#observe(seconds);
    this.#count = 0;
  }
}
