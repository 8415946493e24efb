import { createHash } from 'node:crypto';
import type { QueryBus } from '@nestjs/cqrs';
import type { PageMoves, PageRulesWish, Site, SiteWish } from '../../libs/client/index.ts';
import { DomainError, deriveId, isRecord, type Position } from '../../libs/kernel/index.ts';
import { DEFAULT_ACCENT } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { ImageStoring } from '../commands/store-image.ts';
import { checkedPageRules, requireAllowedPresent } from '../domain/site/other-sites.check.ts';
import { ChangeSite } from '../domain/site/site.commands.ts';
import { GetPageMoves } from '../views/post-list/post-list.query-types.ts';
import { type FixedSetting, GetSite } from '../views/site/site.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';

export interface SettingUpParts {
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly fixed: readonly FixedSetting[];
  readonly images: Pick<ImageStoring, 'storeSent'>;
}

export interface SiteChangeDone {
  readonly site: Site;
  readonly position: Position;
}

/** What admins do to the forum as a whole: the same for the API and the pages. */
export class SettingUp {
  readonly #parts: SettingUpParts;

  constructor(parts: SettingUpParts) {
    this.#parts = parts;
  }

  /** Throws DomainError `invalid` with all wrong fields, also for another value of a fixed setting. */
  async change(wish: SiteWish, principal: Pick<Principal, 'memberId'>, asking: Asking): Promise<SiteChangeDone> {
    await this.#parts.limits.take('publish', principal.memberId);
    this.#refuseFixed(wish);
    const { pageAliases = [], embedOrigins = [] } = await this.#parts.queries.execute(new GetSite());
    requireAllowedPresent(wish, { pageAliases, embedOrigins });
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    // The own colour is no choice, so that a forum follows it when it changes.
    const accent = wish.accent?.toLowerCase() === DEFAULT_ACCENT ? { accent: null } : {};
    const { position } = await this.#parts.writes.send(new ChangeSite({ ...wish, ...accent }, meta));
    return { site: await this.#parts.queries.execute(new GetSite()), position };
  }

  /** What other rules would do to the pages of other sites. Throws DomainError `invalid` as `change`. */
  async pageMoves(wish: PageRulesWish, principal: Pick<Principal, 'memberId'>): Promise<PageMoves> {
    await this.#parts.limits.take('publish', principal.memberId);
    const site = await this.#parts.queries.execute(new GetSite());
    const { pageAliases = [], pageQueries = [], embedOrigins = [] } = site;
    const rules = checkedPageRules({ pageAliases, pageQueries, ...wish });
    requireAllowedPresent(wish, { pageAliases, embedOrigins });
    return this.#parts.queries.execute(new GetPageMoves(rules));
  }

  /**
   * Keeps a picture for the forum itself, so that it outlives the account of whoever brought it, and gives its id.
   * Throws DomainError `invalid` for what is no picture.
   */
  async keepPicture(bytes: Uint8Array, principal: Principal, asking: Asking): Promise<string> {
    await this.#parts.limits.take('publish', principal.memberId);
    const digest = createHash('sha256').update(bytes).digest('hex');
    const imageId = deriveId('the picture of a site', digest);
    const commandId = deriveId(asking.commandId, digest);
    const meta = commandMeta(principal, commandId, asking.correlationId);
    const image = { imageId, ownerId: null, address: null, alt: null, bytes };
    const { position } = await this.#parts.images.storeSent(image, meta).catch(refusePicture);
    await this.#parts.writes.shown(position);
    return imageId;
  }

  /** A program that sends back what it read changes nothing, so the value in force is accepted. */
  #refuseFixed(wish: SiteWish): void {
    const faults = this.#parts.fixed
      .filter(({ field, value }) => isOther(valueAt(wish, field), valueAt(value, field)))
      .map(({ field, by }) => ({ field, message: `is fixed by ${by} in the environment of the server` }));
    if (faults.length === 0) return;
    throw new DomainError('invalid', faults.map(({ field, message }) => `${field} ${message}`).join('; '), faults);
  }
}

/** Whatever is wrong with a picture is wrong in its field of the form. */
function refusePicture(error: unknown): never {
  if (!(error instanceof DomainError) || !OF_PICTURES.has(error.code)) throw error;
  throw new DomainError('invalid', error.detail, error.errors);
}

const OF_PICTURES: ReadonlySet<string> = new Set(['unsupported_media_type', 'too_large', 'invalid']);

/** The value at a path such as `discussion.maxLength`; undefined where there is none. */
function valueAt(settings: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), settings);
}

function isOther(wished: unknown, fixed: unknown): boolean {
  return wished !== undefined && JSON.stringify(wished) !== JSON.stringify(fixed);
}

/** The settings as everybody may see them. */
export function publicSite(site: Site): Site {
  const { embedOrigins, siteNames, pageAliases, pageQueries, ssoRoles, mailDays, fixed, ...shown } = site;
  return shown;
}
