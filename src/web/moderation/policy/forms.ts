import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { PolicyVersion, SentRule } from '../../../../libs/client/index.ts';
import { POLICY_VERSION_PATTERN } from '../../../../libs/words/index.ts';
import { GetPolicyVersion } from '../../../views/policy/policy.query-types.ts';
import type { FieldErrors } from '../../shell/fields.tsx';
import { formText } from '../../shell/form-checks.ts';
import { Frames } from '../../shell/frames.ts';
import { textIn } from '../../shell/paths.ts';
import { sendPage } from '../../shell/send-page.ts';
import { rulesIn, rulesOf } from './fields.ts';
import { PolicyPage } from './policy-page.tsx';
import { TellingVersions } from './telling-versions.ts';

/** The policy's form as filled in. */
export interface TypedPolicy {
  readonly rules: readonly SentRule[];
  readonly note: string;
  /** The version that the form started from; -1 when it is not told. */
  readonly version: number;
  /** Days for a rehearsal, as typed. */
  readonly period: { readonly from: string; readonly to: string };
}

interface Shown extends Partial<TypedPolicy> {
  readonly errors?: FieldErrors;
  readonly saved?: boolean;
  /** The page shows the versions before this one. */
  readonly before?: number | null;
  readonly status?: number;
}

/** Reads the policy's form, and sends it with what was typed or with the policy in force. */
@Injectable()
export class PolicyForms {
  readonly #frames: Frames;
  readonly #queries: QueryBus;
  readonly #told: TellingVersions;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(TellingVersions) told: TellingVersions,
  ) {
    this.#frames = frames;
    this.#queries = queries;
    this.#told = told;
  }

  /** Null asks for the version in force. Undefined for a version that does not exist. */
  version(version: number | null): Promise<PolicyVersion | undefined> {
    return this.#queries.execute(new GetPolicyVersion(version));
  }

  async read(form: unknown): Promise<TypedPolicy> {
    return {
      rules: rulesIn(form, rulesOf(await this.version(null))),
      note: formText(form, 'note'),
      version: versionIn(form, 'version'),
      period: { from: textIn(form, 'from').trim(), to: textIn(form, 'to').trim() },
    };
  }

  async send(
    shown: Shown,
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    const newest = await this.version(null);
    const inForce = { rules: rulesOf(newest), version: newest?.version ?? 0 };
    const versions = await this.#told.versions(shown.before ?? null);
    const { rules = inForce.rules, version = inForce.version, note = '', errors = {}, saved = false } = shown;
    const { period = { from: '', to: '' }, status = 200 } = shown;
    const frame = this.#frames.of(request, '/moderation/policy');
    const page = h(PolicyPage, { frame, rules, versions, version, note, period, errors, saved });
    await sendPage(page, { request, reply, status });
  }
}

export function versionIn(form: unknown, name: string): number {
  const text = textIn(form, name);
  return POLICY_VERSION_PATTERN.test(text) ? Number(text) : -1;
}
