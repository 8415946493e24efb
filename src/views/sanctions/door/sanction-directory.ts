import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { AppealCase, MemberNote, Sanction } from '../../../../libs/client/index.ts';
import { DomainError, isUuid } from '../../../../libs/kernel/index.ts';
import { statement, VIEWS, type Views } from '../../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../../libs/vault/index.ts';
import { APPEAL_OUTCOMES, REPORT_REASONS, SANCTION_KINDS, type SanctionKind } from '../../../../libs/words/index.ts';
import { idBytes, idText } from '../../ids.ts';
import { MemberDirectory } from '../../members/door/member-directory.ts';
import { moment } from '../../moment.ts';
import { type OpenedText, openText, readability } from '../../sealed-text.ts';
import { UntilTold } from '../../until-told.ts';
import { sanctionsChanges } from '../sanctions.query-types.ts';

interface SanctionRow {
  readonly id: Buffer;
  readonly member: Buffer;
  readonly kind: string;
  readonly until: number | null;
  readonly reason: string;
  readonly comment: Buffer | null;
  readonly by: string;
  readonly at: number;
  readonly sealed: Buffer | null;
  readonly acknowledged: number;
  readonly lifted_at: number | null;
  readonly because: string | null;
  readonly appealed_at: number | null;
  readonly appeal_sealed: Buffer | null;
  readonly outcome: string | null;
  readonly decided_at: number | null;
  readonly answer_sealed: Buffer | null;
}
interface NoteRow {
  readonly id: Buffer;
  readonly by: string;
  readonly at: number;
  readonly sealed: Buffer | null;
}

/** Members who are remembered: every page of a member asks whether anything keeps it from writing. */
const MOST_MEMBERS = 5_000;
const MOST_APPEALS = 200;
const MOST_NOTES = 200;
const MOST_STOPPED = 5_000;
const sanctionsOf = statement<SanctionRow>('SELECT * FROM sanction WHERE member = ? ORDER BY n DESC');
const sanctionById = statement<SanctionRow>('SELECT * FROM sanction WHERE id = ? AND appealed_at IS NOT NULL');
const openAppeals = statement<SanctionRow>(`
  SELECT * FROM sanction WHERE appealed_at IS NOT NULL AND outcome = 'open' ORDER BY appealed_at, n LIMIT ${MOST_APPEALS}`);
const openNumber = statement<{ readonly n: bigint }>(
  "SELECT count(*) AS n FROM sanction WHERE appealed_at IS NOT NULL AND outcome = 'open'",
);
const decidedAppeals = statement<SanctionRow>(`
  SELECT * FROM sanction WHERE appealed_at IS NOT NULL AND outcome <> 'open'
  ORDER BY decided_at DESC, n DESC LIMIT ${MOST_APPEALS}`);
const stopped = statement<{ readonly member: Buffer }>(`
  SELECT member FROM sanction WHERE kind IN ('ban', 'suspension') AND lifted_at IS NULL AND (until IS NULL OR until > ?)
  GROUP BY member ORDER BY max(n) DESC LIMIT ${MOST_STOPPED}`);
const notesOf = statement<NoteRow>(`
  SELECT id, by, at, sealed FROM note WHERE member = ? ORDER BY n DESC LIMIT ${MOST_NOTES}`);

/** Sanctions, appeals and notes in the form for answers, with their texts opened. */
@Injectable()
export class SanctionDirectory implements OnModuleDestroy {
  readonly #views: Views;
  readonly #vault: Vault;
  readonly #members: MemberDirectory;
  readonly #rows: UntilTold<readonly SanctionRow[]>;

  constructor(
    @Inject(VIEWS) views: Views,
    @Inject(VAULT) vault: Vault,
    @Inject(MemberDirectory) members: MemberDirectory,
  ) {
    this.#views = views;
    this.#vault = vault;
    this.#members = members;
    this.#rows = new UntilTold(views, {
      most: MOST_MEMBERS,
      toldOf: (projected) => sanctionsChanges(projected).map(({ sanctionedMemberId }) => sanctionedMemberId),
    });
  }

  /** Forgets what is kept. */
  clear(): void {
    this.#rows.clear();
  }

  onModuleDestroy(): void {
    this.#rows.close();
  }

  /** Banned or suspended at the moment, in RFC 3339. */
  stopped(now: string): readonly string[] {
    const rows = stopped(this.#views.db('sanctions')).all(Date.parse(now));
    return rows.map(({ member }) => idText(member));
  }

  async of(memberId: string, reader: 'member' | 'moderator'): Promise<readonly Sanction[]> {
    if (!isUuid(memberId)) return [];
    const rows = this.#rows.of(memberId, () => sanctionsOf(this.#views.db('sanctions')).all(idBytes(memberId)));
    return Promise.all(rows.map((row) => this.#present(row, reader)));
  }

  async appeals(state: 'open' | 'decided'): Promise<readonly AppealCase[]> {
    const query = state === 'open' ? openAppeals : decidedAppeals;
    return Promise.all(
      query(this.#views.db('sanctions'))
        .all()
        .map((row) => this.#appealCase(row)),
    );
  }

  openAppeals(): number {
    return Number(openNumber(this.#views.db('sanctions')).get()?.n ?? 0);
  }

  /** Throws DomainError not_found. */
  async appeal(sanctionId: string): Promise<AppealCase> {
    const row = isUuid(sanctionId) ? sanctionById(this.#views.db('sanctions')).get(idBytes(sanctionId)) : undefined;
    if (!row) throw new DomainError('not_found', 'There is no such appeal.');
    return this.#appealCase(row);
  }

  async notes(memberId: string): Promise<readonly MemberNote[]> {
    if (!isUuid(memberId)) return [];
    const member = idBytes(memberId);
    return Promise.all(
      notesOf(this.#views.db('sanctions'))
        .all(member)
        .map(async (row) => ({
          id: idText(row.id),
          at: moment(row.at),
          by: await this.#members.author(row.by),
          ...(await this.#text({ member }, [row.sealed, 'MemberNoted.v1', 'text'])),
        })),
    );
  }

  async #appealCase(row: SanctionRow): Promise<AppealCase> {
    const memberId = idText(row.member);
    const [member, sanction] = await Promise.all([this.#members.author(memberId), this.#present(row, 'moderator')]);
    return { member, memberId, sanction };
  }

  async #present(row: SanctionRow, reader: 'member' | 'moderator'): Promise<Sanction> {
    const { kind, until, lifted_at: liftedAt, because } = row;
    const statementText = await this.#text(row, [row.sealed, 'MemberSanctioned.v1', 'statement']);
    return {
      id: idText(row.id),
      kind: kindOf(kind),
      until: until === null ? null : moment(until),
      reason: REPORT_REASONS.find((reason) => reason === row.reason) ?? 'other',
      statement: statementText.text,
      ...readability(statementText),
      at: moment(row.at),
      by: reader === 'moderator' ? await this.#members.author(row.by) : null,
      commentId: row.comment && idText(row.comment),
      inForce: isInForce(row, Date.now()),
      acknowledged: row.acknowledged === 1,
      lifted:
        liftedAt === null ? null : { at: moment(liftedAt), because: because === 'appeal' ? 'appeal' : 'moderator' },
      appeal: await this.#appeal(row),
    };
  }

  async #text({ member }: { readonly member: Buffer }, [sealed, type, field]: SealedText): Promise<OpenedText> {
    return openText(this.#vault, sealed, { stream: `sanction-${idText(member)}`, type }, field);
  }

  async #appeal(row: SanctionRow): Promise<Sanction['appeal']> {
    if (row.appealed_at === null) return null;
    const text = await this.#text(row, [row.appeal_sealed, 'SanctionAppealed.v1', 'text']);
    const answer = await this.#text(row, [row.answer_sealed, 'AppealDecided.v1', 'answer']);
    return {
      text: text.text,
      at: moment(row.appealed_at),
      outcome: APPEAL_OUTCOMES.find((outcome) => outcome === row.outcome) ?? 'open',
      answer: answer.text,
      ...readability(text, answer),
      decidedAt: row.decided_at === null ? null : moment(row.decided_at),
    };
  }
}

type SealedText = readonly [sealed: Buffer | null, type: string, field: string];

function kindOf(kind: string): SanctionKind {
  const known = SANCTION_KINDS.find((one) => one === kind);
  if (known === undefined) throw new RangeError(`${kind} is no kind of sanction`);
  return known;
}

/** The same rule as in src/domain/sanction/standing.facts.ts. */
function isInForce({ kind, until, acknowledged, lifted_at: liftedAt }: SanctionRow, now: number): boolean {
  if (liftedAt !== null || (kind === 'warning' && acknowledged === 1)) return false;
  return until === null || until > now;
}
