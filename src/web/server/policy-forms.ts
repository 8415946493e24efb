import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { PolicyVersion } from '../../../libs/client/index.ts';
import { GetPolicyVersions } from '../../views/policy/policy.query-types.ts';
import type { FieldErrors } from '../components/fields.tsx';
import { isRule, rulesIn, type SentRule } from '../moderation/policy-fields.ts';
import { PolicyPage } from '../pages/moderation/policy-page.tsx';
import { formText } from './form-checks.ts';
import { Frames } from './frames.ts';
import { textIn } from './paths.ts';
import { sendPage } from './send-page.ts';

/** The policy's form as somebody has filled it in. */
export interface TypedPolicy {
  readonly rules: readonly SentRule[];
  readonly note: string;
  /** The version that the form started from; -1 when it does not say. */
  readonly version: number;
  /** Days for a rehearsal, as typed. */
  readonly period: { readonly from: string; readonly to: string };
}

interface Shown extends Partial<TypedPolicy> {
  readonly errors?: FieldErrors;
  readonly saved?: boolean;
  readonly status?: number;
}

/** Reads the policy's form and sends it, filled with what was typed or with the policy in force. */
@Injectable()
export class PolicyForms {
  readonly #frames: Frames;
  readonly #queries: QueryBus;

  constructor(@Inject(Frames) frames: Frames, @Inject(QueryBus) queries: QueryBus) {
    this.#frames = frames;
    this.#queries = queries;
  }

  versions(): Promise<readonly PolicyVersion[]> {
    return this.#queries.execute(new GetPolicyVersions());
  }

  async read(form: unknown): Promise<TypedPolicy> {
    const [newest] = await this.versions();
    return {
      rules: rulesIn(form, rulesOf(newest)),
      note: formText(form, 'note'),
      version: numberIn(form, 'version'),
      period: { from: textIn(form, 'from').trim(), to: textIn(form, 'to').trim() },
    };
  }

  async send(
    shown: Shown,
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    const versions = await this.versions();
    const inForce = { rules: rulesOf(versions[0]), version: versions[0]?.version ?? 0 };
    const { rules = inForce.rules, version = inForce.version, note = '', errors = {}, saved = false } = shown;
    const { period = { from: '', to: '' }, status = 200 } = shown;
    const frame = this.#frames.of(request, '/moderation/policy');
    const page = h(PolicyPage, { frame, rules, versions, version, note, period, errors, saved });
    await sendPage(page, { request, reply, status });
  }
}

export function rulesOf(version: PolicyVersion | undefined): readonly SentRule[] {
  return (version?.rules ?? []).filter(isRule);
}

export function numberIn(form: unknown, name: string): number {
  const text = textIn(form, name);
  return /^\d{1,7}$/.test(text) ? Number(text) : -1;
}
