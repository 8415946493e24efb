import { madeOnce } from '../../../libs/kernel/index.ts';
import { type Role, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { invalid, textOf } from '../text.ts';
import { confusables } from './confusables.ts';
import { glancesOf, hasUnseen, isOfOneScript, looksLikeName, looksOfName, withoutUnseen } from './look-alikes.ts';
import { JOINED_OFFICES, MARKED_WORDS, OFFICE_WORDS, OWN_WORDS, TEAM_WORDS, TEAMS_BESIDE } from './offices.ts';

const HANDLE = /^[\p{L}\p{N}_.-][\p{L}\p{M}\p{N}_.-]*$/u;

/** Names that would pass for the forum itself, or that are already part of an address. */
const RESERVED: ReadonlySet<string> = new Set([
  'admin',
  'administrator',
  'anonymous',
  'api',
  'auditor',
  'colloquy',
  'deleted',
  'editor',
  'everyone',
  'me',
  'member',
  'members',
  'mod',
  'moderator',
  'moderators',
  'null',
  'policy',
  'register',
  'root',
  'settings',
  'staff',
  'support',
  'system',
  'undefined',
]);

/**
 * The handle as it is stored: 3 to 30 Unicode letters, marks, digits, `_`, `-` and `.`, with at least one letter or
 * digit.
 * Throws DomainError `invalid`.
 */
export function handleOf(text: string): string {
  const handle = textOf(text, 'handle', TEXT_LIMITS.handle);
  if (!HANDLE.test(handle) || hasUnseen(handle))
    throw invalid('handle', 'may hold letters, digits, "_", "-" and "." only');
  if (!/[\p{L}\p{N}]/u.test(handle)) throw invalid('handle', 'must hold a letter or a digit');
  if (!isOfOneScript(handle))
    throw invalid('handle', 'must be in one script; Latin may stand with Chinese, Japanese or Korean');
  if (speaksForForum(handle, noHandles())) throw invalid('handle', 'is reserved for the forum itself');
  return handle;
}

/** A display name of somebody with these roles: the people of the house may bear the name of their office. */
export function displayNameFor(roles: readonly Role[], text: string): string {
  return roles.some((role) => role !== 'member') ? shownNameOf(text, 'displayName') : displayNameOf(text);
}

/**
 * A name that readers see, without what nobody sees. Each of its words is in one script, and the name does not claim to speak for the forum.
 * Throws DomainError `invalid`, which names the field.
 */
export function displayNameOf(text: string, field = 'displayName'): string {
  const name = shownNameOf(text, field);
  if (speaksForForum(name) || claimsOffice(name)) throw invalid(field, 'is reserved for the forum itself');
  return name;
}

function shownNameOf(text: string, field: string): string {
  const name = textOf(withoutUnseen(text), field, TEXT_LIMITS.displayName);
  if (!wordsOf(name).every(isOfOneScript)) throw invalid(field, 'must not mix scripts within a word');
  return name;
}

/**
 * The name of a guest: a display name that does not pass for the forum's own name either. Throws DomainError `invalid`,
 * which names `guest.name`.
 */
export function guestNameOf(text: string, siteName: string): string {
  const name = displayNameOf(text, 'guest.name');
  if (looksLikeName(name, siteName)) throw invalid('guest.name', 'is the name of the forum itself');
  return name;
}

const offices = madeOnce(() => glancesOfAll(OFFICE_WORDS));
const teamGlances = madeOnce(() => glancesOfAll(TEAM_WORDS));
const teams = madeOnce(() => glancesOfAll([...OFFICE_WORDS, ...TEAMS_BESIDE]));
/** Offices, the forum's own words, and `siteadmin` and `adminteam`, which some write as one word. */
const wholeNames = madeOnce(() =>
  glancesOfAll([
    ...OFFICE_WORDS,
    ...OWN_WORDS,
    ...TEAM_WORDS.flatMap((beside) => JOINED_OFFICES.flatMap((office) => [beside + office, office + beside])),
  ]),
);
const marked = madeOnce((): ReadonlySet<string> => new Set(MARKED_WORDS.flatMap(looksOfName)));
const noHandles = madeOnce((): ReadonlySet<string> => new Set([...wholeNames(), ...glancesOfAll([...RESERVED])]));
/** Makes these lists, one after the other. The first name of a process would make all of them at one go, which takes some 20 ms. */
export function* makingNameLists(): Generator<void, void> {
  for (const make of [confusables, marked, offices, teamGlances, teams, wholeNames, noHandles]) yield void make();
}

/** Characters that separate a name from an office: `Boss (admin)`, `Boss | admin`, `Boss - admin`. */
const SEPARATORS = /[\p{Ps}\p{Pe}\p{Pi}\p{Pf}<>|·•:;,/]+|\s[-–—~]+\s/u;
const BRACKETED = /[\p{Ps}\p{Pi}<]([^\p{Pe}\p{Pf}>]*)/gu;

function glancesOfAll(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.flatMap(glancesOf));
}

function wordsOf(name: string): readonly string[] {
  return name.split(/[^\p{L}\p{M}\p{N}]+/u);
}

/** True for an office, its people, and the words that the forum shows in the place of a name. */
function speaksForForum(name: string, whole: ReadonlySet<string> = wholeNames()): boolean {
  const glances = glancesOf(name);
  if (glances.some((glance) => whole.has(glance)) || looksOfName(name).some((look) => marked().has(look))) return true;
  // Most names hold no word of a team, and need no look at each of their words.
  const hasTeam = glances.some((glance) => [...teamGlances()].some((word) => glance.includes(word)));
  return looksNumbered(name) || (hasTeam && isTeam(wordsOf(name)));
}

/** Signs between the letters do not make it another name. */
function looksReserved(name: string, glances: ReadonlySet<string>): boolean {
  return glancesOf(name).some((glance) => glances.has(glance));
}

/** `moderator1` and `42-admin` are offices too. */
function looksNumbered(name: string): boolean {
  const bare = name.replace(/^[\p{N}\p{P}\s]+/u, '').replace(/(?<![\p{N}\p{P}\s])[\p{N}\p{P}\s]+$/u, '');
  return bare !== name && bare !== '' && looksReserved(bare, offices());
}

/** True for the people of an office, such as `Support team`, and for those of the whole site, such as `Forum team`. */
function isTeam(parts: readonly string[]): boolean {
  const words = parts.filter((part) => part !== '');
  if (words.length < 2) return false;
  const others = words.filter((word) => !looksReserved(word, teamGlances()));
  if (others.length === 0) return true;
  return others.length < words.length && looksReserved(others.join(''), teams());
}

/** True when an office stands beside the name; within brackets it may stand among other words. */
function claimsOffice(name: string): boolean {
  const within = [...name.matchAll(BRACKETED)].flatMap(([, words = '']) => words.split(/\s+/u));
  return [...name.split(SEPARATORS), ...within].some((part) => looksReserved(part, offices()));
}
