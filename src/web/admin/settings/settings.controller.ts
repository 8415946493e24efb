import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { PageMoves, Site } from '../../../../libs/client/index.ts';
import { DomainError } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { PublicAddress } from '../../../access/public-address.ts';
import { memberOf, type SentFile } from '../../../access/request.ts';
import { SettingUp } from '../../../acts/setting-up.ts';
import { ListSites } from '../../../views/post-list/post-list.query-types.ts';
import { GetSite } from '../../../views/site/site.query-types.ts';
import type { FieldErrors } from '../../shell/fields.tsx';
import { checked, isFine } from '../../shell/form-checks.ts';
import { Frames } from '../../shell/frames.ts';
import { oneOf } from '../../shell/one-of.ts';
import { pathAfter, textIn } from '../../shell/paths.ts';
import { ReadsOwnWrites } from '../../shell/reads-own-writes.ts';
import { fieldErrorsOf } from '../../shell/refusals.ts';
import { sendPage } from '../../shell/send-page.ts';
import { statusOf, type Typed } from '../../shell/typed.ts';
import { addressesIn, lostPages } from './addresses.ts';
import { CHECKS } from './checks.ts';
import { otherSchemes } from './other-schemes.tsx';
import { SETTINGS_PARTS, type SettingsPart, sentFields, siteWishIn } from './parts.ts';
import { SiteSettingsPage } from './settings-page.tsx';
import type { SettingsState } from './settings-state.ts';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The page on which admins set the forum up. */
@Controller('admin/settings')
@UseInterceptors(ReadsOwnWrites)
export class SettingsController {
  readonly #frames: Frames;
  readonly #settingUp: SettingUp;
  readonly #queries: QueryBus;
  readonly #address: PublicAddress;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(SettingUp) settingUp: SettingUp,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(PublicAddress) address: PublicAddress,
  ) {
    this.#frames = frames;
    this.#settingUp = settingUp;
    this.#queries = queries;
    this.#address = address;
  }

  @Get()
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const saved = oneOf(SETTINGS_PARTS, textIn(query, 'saved')) ?? null;
    await this.#send({ sent: null, saved, preview: false, moves: null }, 200, { request, reply });
  }

  /**
   * A refused form comes back as it was sent, and so does one whose look or moves are only to be seen. Addresses by which
   * discussions would meet are saved with a second press alone.
   */
  @Post()
  async change(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const exchange = { request, reply };
    const part = oneOf(SETTINGS_PARTS, textIn(form, 'part'));
    if (part === undefined) throw new DomainError('invalid', 'There is no such form.');
    const { translator } = this.#frames.of(request);
    const site = await this.#queries.execute(new GetSite());
    const { typed, errors: ofPictures } = await this.#withPictures(sentFields(part, form, site), form, request);
    const asked = part === 'discussions' ? withoutFixed(CHECKS[part], site) : CHECKS[part];
    const errors = {
      ...lostPages(typed, site, translator),
      ...checked(typed, typed['ownAccent'] === '1' ? withoutAccent(asked) : asked, translator),
      ...ofPictures,
    };
    const wished = textIn(form, 'do');
    if ((wished === 'preview' && part !== 'addresses') || !isFine(errors)) {
      const status = isFine(errors) ? 200 : 400;
      return this.#send({ sent: { part, typed, errors }, saved: null, preview: true, moves: null }, status, exchange);
    }
    try {
      const moves = part === 'addresses' && wished !== 'join' ? await this.#movesIn(typed, request) : null;
      if (moves !== null && (wished === 'preview' || moves.joining > 0)) {
        return await this.#send({ sent: { part, typed, errors }, saved: null, preview: true, moves }, 200, exchange);
      }
      const wish = siteWishIn(part, typed, (field) => isFixed(site, field));
      const { position } = await this.#settingUp.change(wish, memberOf(request), askingOf(request));
      reply.redirect(pathAfter(`/admin/settings?saved=${part}#${part}`, position), 303);
    } catch (error) {
      const refused = { part, typed, errors: fieldErrorsOf(error, translator) };
      await this.#send({ sent: refused, saved: null, preview: true, moves: null }, statusOf(error), exchange);
    }
  }

  #movesIn(typed: Typed, request: FastifyRequest): Promise<PageMoves> {
    const { pageAliases, pageQueries } = addressesIn((name) => typed[name] ?? '');
    return this.#settingUp.pageMoves({ pageAliases, pageQueries }, memberOf(request));
  }

  /** The pictures that came with the form are kept at once, so that a preview shows them and a second press saves them. */
  async #withPictures(
    typed: Typed,
    form: unknown,
    request: FastifyRequest,
  ): Promise<{ readonly typed: Typed; readonly errors: FieldErrors }> {
    const { translator } = this.#frames.of(request);
    const ids: Record<string, string> = {};
    const errors: Record<string, string> = {};
    for (const name of ['logo', 'icon']) {
      const file = fileIn(form, `${name}File`);
      if (file === null) continue;
      try {
        ids[name] = await this.#settingUp.keepPicture(file.bytes, memberOf(request), askingOf(request));
      } catch (error) {
        if (!(error instanceof DomainError && error.code === 'invalid')) throw error;
        errors[name] = translator.t('site.wrong.picture');
      }
    }
    return { typed: { ...typed, ...ids }, errors };
  }

  async #send(
    shown: Pick<SettingsState, 'sent' | 'saved' | 'preview' | 'moves'>,
    status: number,
    { request, reply }: Exchange,
  ): Promise<void> {
    const frame = this.#frames.of(request, '/admin/settings');
    const site = await this.#queries.execute(new GetSite());
    const sites = await this.#queries.execute(new ListSites(new Date().toISOString()));
    const { origin } = this.#address;
    const state = { frame, site, origin, otherSchemes: otherSchemes(site, sites), ...shown };
    await sendPage(h(SiteSettingsPage, { state }), { request, reply, status });
  }
}

function isFixed({ fixed = [] }: Site, field: string): boolean {
  return fixed.some((one) => one.field === field);
}

function withoutFixed(checks: (typeof CHECKS)[SettingsPart], site: Site): (typeof CHECKS)[SettingsPart] {
  return Object.fromEntries(Object.entries(checks).filter(([name]) => !isFixed(site, `discussion.${name}`)));
}

function withoutAccent({ accent: _, ...checks }: (typeof CHECKS)[SettingsPart]): (typeof CHECKS)[SettingsPart] {
  return checks;
}

/** A file of a form; null when none was chosen: browsers send an empty one then. */
function fileIn(form: unknown, name: string): SentFile | null {
  if (typeof form !== 'object' || form === null) return null;
  const value: unknown = Reflect.get(form, name);
  return isFile(value) && value.bytes.length > 0 ? value : null;
}

function isFile(value: unknown): value is SentFile {
  return typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array;
}
