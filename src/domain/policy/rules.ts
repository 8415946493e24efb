import { DomainError, unreachable } from '../../../libs/kernel/index.ts';
import { countCharacters } from '../text.ts';
import { type FoldedText, foldText } from './folded-text.ts';
import { untrustedLinks } from './links.ts';
import type {
  ClosedDiscussionRule,
  FloodingRule,
  LengthRule,
  LinksRule,
  NewcomerRule,
  Policy,
  PolicyInForce,
  RecentRecordRule,
  RepeatedTextRule,
  Rule,
  RuleName,
} from './policy.settings.ts';
import { type Finding, hardest, type Verdict } from './verdict.ts';
import { wordFinder } from './word-list.ts';

/** One of the author's earlier comments. */
export interface EarlierComment {
  /** RFC 3339, UTC, with milliseconds, so that texts sort as moments do. */
  readonly at: string;
  /** What `coreOf` makes of its text; null when it was erased. */
  readonly core: string | null;
  /** What became of it; null while nobody, neither moderator nor policy, has ruled on it. */
  readonly ruled: 'kept' | 'turned-down' | null;
}

/** What the rules know of whoever writes. */
export interface AuthorRecord {
  readonly registeredAt: string;
  /** Comments that readers can see. */
  readonly visibleComments: number;
  readonly isPremoderated: boolean;
  /** Newest first, as far back as the rules look: `RECORD_LENGTH` at most. */
  readonly earlier: readonly EarlierComment[];
}

/** A comment before it is published, or a new text of it: an edit neither floods nor repeats. */
export interface Subject {
  readonly kind: 'post' | 'edit';
  readonly body: string;
  readonly now: string;
  readonly author: AuthorRecord;
}

/** So many earlier comments are all that any rule looks at. */
export const RECORD_LENGTH = 50;

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

/** Asks every rule that is on, in the policy's order. */
export function judge({ version: policyVersion, policy: { rules } }: PolicyInForce, subject: Subject): Verdict {
  const text = foldText(subject.body);
  const findings = rules.flatMap((rule) => (rule.on ? finding(rule, subject, text) : []));
  return { measure: hardest(findings.map(({ measure }) => measure)), policyVersion, findings };
}

const ASK_FOR_RECORD: ReadonlySet<RuleName> = new Set(['repeated-text', 'flooding', 'newcomer', 'recent-record']);

/** Whether a rule that is on looks at what the author has written before. */
export function asksForRecord({ rules }: Policy): boolean {
  return rules.some(({ rule, on }) => on && ASK_FOR_RECORD.has(rule));
}

/** Throws DomainError `discussion_closed` when the post is older than the policy lets people discuss. */
export function requireRecentPost({ rules }: Policy, publishedAt: string, now: string): void {
  const rule = rules.find((one): one is ClosedDiscussionRule => one.rule === 'closed-discussion');
  if (!rule?.on || since(publishedAt, now) < rule.afterDays * DAY) return;
  throw new DomainError(
    'discussion_closed',
    `This discussion is closed: posts are open to comments for ${rule.afterDays} days.`,
  );
}

function finding(rule: Rule, subject: Subject, text: FoldedText): readonly Finding[] {
  const caught = caughtBy(rule, subject, text);
  return caught === null ? [] : [{ rule: rule.rule, ...caught }];
}

type Caught = Omit<Finding, 'rule'> | null;

function caughtBy(rule: Rule, subject: Subject, text: FoldedText): Caught {
  switch (rule.rule) {
    case 'length':
      return hasOddLength(rule, subject);
    case 'closed-discussion':
      return null;
    case 'banned-words':
      return found(wordFinder(rule.words)(text)?.part, rule.measure);
    case 'suspect-words':
      return found(wordFinder(rule.words)(text)?.part, 'report');
    case 'links':
      return hasManyLinks(rule, subject);
    case 'repeated-text':
      return repeatsItself(rule, subject, text);
    case 'flooding':
      return floods(rule, subject);
    case 'newcomer':
      return isNewcomer(rule, subject);
    case 'pre-moderated-member':
      return subject.author.isPremoderated ? { measure: 'hold', matched: 'pre-moderation' } : null;
    case 'recent-record':
      return hasBadRecord(rule, subject);
    case 'pre-moderate-all':
      return { measure: 'hold', matched: 'every comment' };
    default:
      return unreachable(rule);
  }
}

function hasOddLength({ least, most, measure }: LengthRule, { body }: Subject): Caught {
  const length = countCharacters(body);
  return length < least || length > most ? { measure, matched: `${length} characters` } : null;
}

function found(part: string | undefined, measure: Finding['measure']): Caught {
  return part === undefined ? null : { measure, matched: part };
}

function hasManyLinks({ most, trustedHosts, measure }: LinksRule, { body }: Subject): Caught {
  const links = untrustedLinks(body, trustedHosts);
  return links.length > most ? { measure, matched: `${links.length} links, the first to ${links[0] ?? ''}` } : null;
}

/** Case, width, signs and spaces make no other text. */
function repeatsItself(
  { withinHours, measure }: RepeatedTextRule,
  { kind, author, now }: Subject,
  text: FoldedText,
): Caught {
  if (kind === 'edit') return null;
  const core = coreOfFolded(text);
  const first = before(now, withinHours * HOUR);
  const again = author.earlier.find((earlier) => earlier.core === core && earlier.at >= first);
  return again && core !== '' ? { measure, matched: `the same text at ${again.at}` } : null;
}

function floods({ most, withinSeconds, measure }: FloodingRule, { kind, author, now }: Subject): Caught {
  if (kind === 'edit') return null;
  const first = before(now, withinSeconds * SECOND);
  const count = author.earlier.filter(({ at }) => at >= first).length;
  return count >= most ? { measure, matched: `${count + 1} comments within ${withinSeconds} seconds` } : null;
}

function isNewcomer({ firstComments, firstDays, measure }: NewcomerRule, { author, now }: Subject): Caught {
  if (author.visibleComments < firstComments) return { measure, matched: `${author.visibleComments} comments so far` };
  const days = Math.floor(since(author.registeredAt, now) / DAY);
  return days < firstDays ? { measure, matched: `registered ${days} days ago` } : null;
}

function hasBadRecord({ ofLast, share, measure }: RecentRecordRule, { author }: Subject): Caught {
  const ruled = author.earlier.filter(({ ruled: ruling }) => ruling !== null).slice(0, ofLast);
  if (ruled.length < ofLast) return null;
  const down = ruled.filter(({ ruled: ruling }) => ruling === 'turned-down').length;
  return down >= share * ruled.length ? { measure, matched: `${down} of the last ${ruled.length} turned down` } : null;
}

/** Cores that were made last, since a text that was judged is asked for again when its author writes the next one. */
const cores = new Map<string, string>();
const MOST_CORES = 512;

/** A text's letters and digits alone, by which a repeat is known. */
export function coreOf(body: string): string {
  return cores.get(body) ?? coreOfFolded(foldText(body));
}

function coreOfFolded({ original, folded }: FoldedText): string {
  const core = folded.replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
  if (cores.size >= MOST_CORES) cores.clear();
  cores.set(original, core);
  return core;
}

function before(now: string, milliseconds: number): string {
  return new Date(Date.parse(now) - milliseconds).toISOString();
}

/** Milliseconds. */
function since(earlier: string, now: string): number {
  return Date.parse(now) - Date.parse(earlier);
}
