import type { FastifyRequest } from 'fastify';
import { isRecord } from '../../../libs/kernel/index.ts';
import { asksForPrograms } from '../request.ts';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Tells for which frames a session counts. Browsers send its cookie on every host of one registrable domain. */
export class FrameSites {
  readonly #hostsOf: (url: string) => readonly string[];

  /** `hostsOf` gives the origins whose pages may show the discussion of the page with an address. */
  constructor(hostsOf: (url: string) => readonly string[]) {
    this.#hostsOf = hostsOf;
  }

  /** Whether a request comes from a frame on the session's own site. A form says so in its body, and is asked again. */
  isOn(site: string, request: FastifyRequest, { bodyIsThere = false } = {}): boolean {
    const { headers, query, body, method, routeOptions } = request;
    // Whatever site it is of, another one takes its place.
    if (routeOptions.url === '/embed/sessions') return true;
    if (routeOptions.url === '/embed') return this.#isShownOn(site, query, headers.referer);
    const stated = headers['colloquy-frame'] ?? siteIn(query);
    if (stated !== undefined) return stated === site;
    if (SAFE_METHODS.has(method) || asksForPrograms(request)) return false;
    return !bodyIsThere || siteIn(body) === site;
  }

  /**
   * The answer is shown by pages of this site alone, whoever asked for it. Where pages of several may show the discussion
   * and nothing tells which one does, it is nobody's, which all of them can show.
   */
  #isShownOn(site: string, query: unknown, referer: string | undefined): boolean {
    const hosts = this.#hostsOf(textIn(query, 'url') ?? '');
    const origin = URL.parse(referer ?? '')?.origin;
    const told = [textIn(query, 'site'), hosts.find((host) => host === origin)].filter((one) => one !== undefined);
    return hosts.includes(site) && (told.length > 0 || hosts.length === 1) && told.every((one) => one === site);
  }
}

/** The site that the path of a frame names, in the field in which forms and links of a thread tell where they stand. */
function siteIn(fields: unknown): string | undefined {
  const path = textIn(fields, 'frame');
  return path === undefined ? undefined : (new URLSearchParams(path.split('?')[1]).get('site') ?? undefined);
}

function textIn(fields: unknown, name: string): string | undefined {
  const value = isRecord(fields) ? fields[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
