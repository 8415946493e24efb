import type { Rehearsal } from '../../libs/client/index.ts';
import { NO_LANGUAGE } from '../../libs/words/index.ts';
import type { PolicyVerdict, RuleFinding } from '../domain/policy/verdict.ts';

type Treatment = Rehearsal['examples'][number]['was'];
type Ruled = 'kept' | 'turned-down' | null;

/** One text of the period, as it was posted or edited. */
interface JudgedText {
  readonly commentId: string;
  readonly at: string;
  readonly excerpt: string | null;
  readonly isUnreadable: boolean;
  language: string | undefined;
  was: Treatment;
  readonly wouldBe: Treatment;
  readonly findings: readonly RuleFinding[];
}

/** A text as it was opened; null when it was erased or cannot be read. */
export interface RehearsedText {
  readonly at: string;
  readonly body: string | null;
  readonly isUnreadable: boolean;
  /** The recorded one (BCP 47). */
  readonly language?: string | undefined;
}

/** Texts treated otherwise that are shown of each rule, so that none crowds out the others; more are only counted. */
const MOST_OF_A_RULE = 40;
/** UTF-16 units. */
const EXCERPT_LENGTH = 300;

/** The texts of a period under both policies, and what became of their comments. */
export class JudgedTexts {
  readonly #texts: JudgedText[] = [];
  /** The newest text of each comment. */
  readonly #newest = new Map<string, JudgedText>();
  readonly #ruled = new Map<string, Ruled>();

  get count(): number {
    return this.#texts.length;
  }

  add(commentId: string, text: RehearsedText, verdict: PolicyVerdict | null): void {
    const judged: JudgedText = {
      commentId,
      at: text.at,
      excerpt: text.body && excerptOf(text.body),
      isUnreadable: text.isUnreadable,
      language: text.language,
      was: 'published',
      wouldBe: verdict?.measure ?? 'published',
      findings: verdict?.findings ?? [],
    };
    this.#texts.push(judged);
    this.#newest.set(commentId, judged);
  }

  /** The policy of then has caught the newest text of this comment. */
  wasJudged(commentId: string, measure: Exclude<Treatment, 'published'>): void {
    const text = this.#newest.get(commentId);
    if (text) text.was = measure;
  }

  /** A person said which language the comment is in. */
  isIn(commentId: string, language: string): void {
    const text = this.#newest.get(commentId);
    if (text) text.language = language;
  }

  /** The last decision counts, even one after the period. */
  wasRuled(commentId: string, ruled: Ruled): void {
    if (this.#newest.has(commentId)) this.#ruled.set(commentId, ruled);
  }

  result(from: string | null, to: string | null): Omit<Rehearsal, 'registrations'> {
    const changed = this.#texts.filter(({ was, wouldBe }) => was !== wouldBe);
    return {
      from,
      to,
      comments: this.#texts.length,
      changed: changed.length,
      released: changed.filter(({ findings }) => findings.length === 0).length,
      byRule: this.#byRule(),
      agreement: this.#agreement(),
      examples: someOfEach(changed).map(
        ({ commentId, at, excerpt, isUnreadable, language, was, wouldBe, findings }) => {
          const told = findings.map(({ rule, matched }) => ({ rule, matched }));
          const ruled = this.#ruled.get(commentId) ?? null;
          const readability = isUnreadable ? { unreadable: true as const } : {};
          const known = excerpt === null || language === undefined || language === NO_LANGUAGE ? {} : { language };
          return { commentId, at, excerpt, ...known, was, wouldBe, findings: told, ruled, ...readability };
        },
      ),
    };
  }

  #byRule(): Rehearsal['byRule'] {
    const byRule: Record<string, { caught: number; newlyCaught: number; changed: number }> = {};
    for (const { findings, was, wouldBe } of this.#texts) {
      for (const { rule } of findings) {
        byRule[rule] ??= { caught: 0, newlyCaught: 0, changed: 0 };
        byRule[rule].caught += 1;
        if (was === 'published') byRule[rule].newlyCaught += 1;
        if (was !== wouldBe) byRule[rule].changed += 1;
      }
    }
    return byRule;
  }

  /** Precision: of the comments it would catch, those that moderators turned down. Recall: of those turned down, those it would catch. */
  #agreement(): Rehearsal['agreement'] {
    const caught = new Set(this.#texts.flatMap(({ commentId, findings }) => (findings.length > 0 ? [commentId] : [])));
    const ruled = [...this.#ruled].filter(([, decision]) => decision !== null);
    const turnedDown = ruled.filter(([, decision]) => decision === 'turned-down').map(([commentId]) => commentId);
    const caughtAndRuled = ruled.filter(([commentId]) => caught.has(commentId)).length;
    const right = turnedDown.filter((commentId) => caught.has(commentId)).length;
    return { ruledOn: ruled.length, precision: share(right, caughtAndRuled), recall: share(right, turnedDown.length) };
  }
}

/** The first of each rule, and of those that no rule catches any more; in the order of the log. */
function someOfEach(changed: readonly JudgedText[]): readonly JudgedText[] {
  const shown = new Map<string, number>();
  return changed.filter(({ findings }) => {
    const names = findings.length === 0 ? [''] : findings.map(({ rule }) => rule);
    const isWanted = names.some((name) => (shown.get(name) ?? 0) < MOST_OF_A_RULE);
    if (isWanted) for (const name of names) shown.set(name, (shown.get(name) ?? 0) + 1);
    return isWanted;
  });
}

/** Does not end in half a character. */
function excerptOf(body: string): string {
  return body.length <= EXCERPT_LENGTH ? body : body.slice(0, EXCERPT_LENGTH).replace(/[\uD800-\uDBFF]$/, '');
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
