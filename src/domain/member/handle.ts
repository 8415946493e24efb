import { foldName } from '../../../libs/kernel/index.ts';
import { TEXT_LIMITS } from '../../../libs/words/index.ts';
import { invalid, textOf } from '../text.ts';
import { glancesOf, hasUnseen, isOfOneScript, looksLikeName, withoutUnseen } from './look-alikes.ts';

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
  if (looksReserved(handle) || looksNumbered(handle)) throw invalid('handle', 'is reserved for the forum itself');
  return handle;
}

/**
 * A name that readers see, without what nobody sees. Each of its words is in one script, and the name does not claim to speak for the forum.
 * Throws DomainError `invalid`, which names the field.
 */
export function displayNameOf(text: string, field = 'displayName'): string {
  const name = textOf(withoutUnseen(text), field, TEXT_LIMITS.displayName);
  const words = name.split(/[^\p{L}\p{M}\p{N}]+/u);
  if (!words.every(isOfOneScript)) throw invalid(field, 'must not mix scripts within a word');
  if (looksReserved(name, OFFICES) || claimsOffice(name) || looksNumbered(name) || isTeam(words))
    throw invalid(field, 'is reserved for the forum itself');
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

/** Offices that a name must not claim, in the languages of the pages. */
const OFFICES: ReadonlySet<string> = glancesOfAll([
  ...[
    'admin',
    'administrator',
    'auditor',
    'colloquy',
    'moderator',
    'moderators',
    'policy',
    'staff',
    'support',
    'system',
  ],
  ...['quản trị viên', 'người điều hành', 'kiểm tra viên'],
  ...['ผู้ดูแลระบบ', 'ผู้ดูแลการสนทนา', 'ผู้ตรวจสอบ'],
  ...['អ្នកគ្រប់គ្រង', 'អ្នកសម្របសម្រួល', 'សវនករ'],
  ...['ຜູ້ດູແລລະບົບ', 'ຜູ້ດູແລການສົນທະນາ', 'ຜູ້ກວດສອບ'],
  ...['စီမံခန့်ခွဲသူ', 'ကြီးကြပ်သူ', 'စစ်ဆေးသူ'],
  ...['管理员', '版主', '审计员'],
]);
const TEAM_WORDS: ReadonlySet<string> = new Set(['team', 'official', 'desk', 'crew', 'account']);
const TEAMS: ReadonlySet<string> = new Set([...OFFICES, ...glancesOfAll(['forum', 'mod', 'security', 'help'])]);
const RESERVED_GLANCES = glancesOfAll([...RESERVED]);
/** Characters that separate a name from an office: `Boss (admin)`, `Boss | admin`, `Boss - admin`. */
const SEPARATORS = /[\p{Ps}\p{Pe}\p{Pi}\p{Pf}<>|·•:;,/]+|\s[-–—~]+\s/u;
const BRACKETED = /[\p{Ps}\p{Pi}<]([^\p{Pe}\p{Pf}>]*)/gu;

function glancesOfAll(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.flatMap(glancesOf));
}

/** Signs between the letters do not make it another name. */
function looksReserved(name: string, glances: ReadonlySet<string> = RESERVED_GLANCES): boolean {
  return glancesOf(name).some((glance) => glances.has(glance));
}

/** `moderator1` and `42-admin` are offices too. */
function looksNumbered(name: string): boolean {
  const bare = name.replace(/^[\p{N}\p{P}\s]+/u, '').replace(/(?<![\p{N}\p{P}\s])[\p{N}\p{P}\s]+$/u, '');
  return bare !== name && bare !== '' && looksReserved(bare, OFFICES);
}

/** True for the people of an office, such as `Support team`. */
function isTeam(words: readonly string[]): boolean {
  const others = words.filter((word) => word !== '' && !TEAM_WORDS.has(foldName(word)));
  return others.length < words.length && looksReserved(others.join(''), TEAMS);
}

/** True when an office stands beside the name; within brackets it may stand among other words. */
function claimsOffice(name: string): boolean {
  const within = [...name.matchAll(BRACKETED)].flatMap(([, words = '']) => words.split(/\s+/u));
  return [...name.split(SEPARATORS), ...within].some((part) => looksReserved(part, OFFICES));
}
