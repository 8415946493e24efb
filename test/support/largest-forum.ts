import type { BulkAnswer, Comment, LogEvent, Post, Sanction } from '../../libs/client/index.ts';
import { MOST_POLICY_CHARACTERS, MOST_POLICY_WORDS } from '../../libs/words/index.ts';
import { FIRST_POLICY, type Policy } from '../../src/domain/policy/policy.settings.ts';
import type { TestMember } from './forum-caller.ts';
import { mailedLink } from './mailed-links.ts';
import { MARKS, type MarkedTexts, markedTexts } from './marked-texts.ts';
import { newId, type RunningForum } from './running-forum.ts';

const LONGEST_COMMENT = 10_000;
const LONGEST_POST = 200_000;
/** As many as a page of the API holds, and some more. */
const ANSWERS = 1_200;
const LONG_ANSWERS = 250;
const FLAT = 300;
const HELD = 120;
/** Of those, the first ones are decided on one by one, and the others at once. */
export const RULED_ALONE = 10;
/** Held by bulk decisions of their own, which are then undone. */
const BULKS = 2;
const OF_A_BULK = 100;
/** Each with a warning; the first two have appealed. */
const WARNED = 4;
/** Each banned, since a ban can be appealed once. */
const BANNED = 2;
/** Versions of the policy, each with lists as long as they may be, all of other words than the one before. */
export const POLICIES = 24;
/** So long may each of the most words be. */
const LONGEST_OF_MOST = MOST_POLICY_CHARACTERS / MOST_POLICY_WORDS;
const DEEPEST = 10;
const AT_ONCE = 10;
const EDITS = 30;

/** What makes the most work of the fewest characters, each repeated until the text is as long as it may be. */
const MARKDOWN = [
  'a ',
  '*a **b _c_** ~~d~~* `e` ',
  '[a](/b "c") ',
  '> - a\n> - b\n',
  '|a|b|\n|-|-|\n|c|d|\n\n',
  'www.a.bc https://d.ef/g h@i.jk ',
  '![a](/b) <http://c.d> ',
  '&amp;<>"&copy; ',
  '- a\n  - b\n    - c\n',
  '***a_',
  'กาแฟ เย็น ',
  ...MARKS,
];

export function longText(n: number, length = LONGEST_COMMENT): string {
  const pattern = MARKDOWN[n % MARKDOWN.length] ?? 'a ';
  return `${n} ${pattern.repeat(Math.ceil(length / pattern.length))}`.slice(0, length - 1).padEnd(length, '.');
}

/** One-letter words, none at its place in two texts. */
function wholeDiffering(n: number): string {
  return Array.from({ length: LONGEST_COMMENT / 2 }, (_, at) =>
    String.fromCodePoint(0x4e00 + ((at * 31 + n * 4_999) % 20_000)),
  )
    .join(' ')
    .slice(0, LONGEST_COMMENT);
}

export function longPost(n: number): object {
  const tags = Array.from({ length: 20 }, (_, tag) => `${n}-${tag} `.padEnd(50, 'ก'));
  return { title: `${n} `.padEnd(200, 'Tiêu đề '), body: longText(n, LONGEST_POST), excerpt: longText(n, 2_000), tags };
}

/** Lists of as many words as there may be, each of so many characters, none of them in any text. */
export function longPolicy(characters = LONGEST_OF_MOST): Policy {
  const words = (start: string, most: number, filling = 'qx'): string[] =>
    Array.from({ length: most }, (_, n) => `${start}${n}`.padEnd(characters, filling));
  const rules = FIRST_POLICY.rules.map((rule) => {
    switch (rule.rule) {
      case 'banned-words':
        return { ...rule, words: words('vw', MOST_POLICY_WORDS) };
      case 'suspect-words':
        return { ...rule, words: words('ก', MOST_POLICY_WORDS, 'เก่า') };
      case 'links':
        return {
          ...rule,
          on: true,
          most: 1_000,
          trustedHosts: words('h', 1_000).map((word) => `${word.slice(0, 60)}.example`),
        };
      default:
        return rule;
    }
  });
  return { rules };
}

/** What the routes are asked about. */
export interface LargestForum {
  readonly forum: RunningForum;
  readonly admin: TestMember;
  readonly writer: TestMember;
  readonly post: Post;
  /** Edited as often as it may be, each time to other words. */
  readonly edited: Comment;
  readonly marked: MarkedTexts;
  readonly deepest: Comment;
  readonly root: Comment;
  readonly held: readonly Comment[];
  /** Of the holding of each of those. */
  readonly decisionIds: readonly string[];
  /** Bulk decisions that nobody decided on since. */
  readonly bulkIds: readonly string[];
  /** A post that nobody needs any more. */
  readonly other: Post;
  readonly warned: readonly Warned[];
  readonly banned: readonly TestMember[];
  /** Who has sanctioned nobody, and therefore decides on appeals. */
  readonly judge: TestMember;
  readonly links: LinksOfMails;
  readonly position: string;
  /** Of the event of the largest policy. */
  readonly policyPosition: string;
}

/** Links in mails to a member who does nothing else, one for each route that takes them. */
export interface LinksOfMails {
  readonly resets: readonly string[];
  readonly confirm: string;
}

async function linksOfMails(forum: RunningForum): Promise<LinksOfMails> {
  const { member } = await forum.member('forgetful');
  const [confirm, ...resets] = await Promise.all([
    mailedLink(forum, 'confirm', member.id),
    mailedLink(forum, 'way-back', member.id),
    mailedLink(forum, 'way-back', member.id),
  ]);
  return { confirm, resets };
}

/** A member with a warning in force. */
export interface Warned {
  readonly member: TestMember;
  readonly sanctionId: string;
}

async function inTurns<T>(many: number, one: (n: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let start = 0; start < many; start += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, many - start) }, (_, index) => start + index);
    made.push(...(await Promise.all(numbers.map(one))));
  }
  return made;
}

/** A forum with a thread that is long, flat and deep, of texts as long as they may be, and as much before its moderators. */
export async function largestForum(forum: RunningForum): Promise<LargestForum> {
  const admin = await forum.admin();
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { newsletter: true } });
  const writer = await forum.member('long-writer');
  const other = await forum.publish(admin, longPost(0));
  for (let n = 1; n < 12; n += 1) await forum.publish(admin, longPost(n));
  const post = await forum.publish(admin, longPost(12));
  const root = await forum.comment(writer, post.id, { body: longText(0) });
  await inTurns(ANSWERS, (n) =>
    forum.comment(writer, post.id, { parentId: root.id, body: n < LONG_ANSWERS ? longText(n) : `Answer ${n}` }),
  );
  await inTurns(FLAT, (n) => forum.comment(admin, post.id, { body: n % 5 === 0 ? longText(n) : `Comment ${n}` }));
  let deepest = root;
  for (let depth = 1; depth <= DEEPEST; depth += 1)
    deepest = await forum.comment(writer, post.id, { parentId: deepest.id, body: longText(depth) });
  const edited = await editedMost(forum, writer, post);
  const marked = await markedTexts(forum, admin);
  const held = await heldTexts(forum, { admin, writer, post });
  const punished = await punishedMembers(forum, admin);
  for (let version = 0; version < POLICIES; version += 1) {
    const body = { version, ...longPolicy(LONGEST_OF_MOST - (version % 2)) };
    await forum.done('PUT', '/api/v1/moderation/policy', { token: admin.token, body });
  }
  const policies = '/api/v1/audit/events?type=PolicySet&limit=1';
  const { items } = await forum.done<{ items: readonly LogEvent[] }>('GET', policies, { token: admin.token });
  const policyPosition = items[0]?.position ?? '';
  const judge = await forum.member('second-moderator', ['moderator']);
  const { position } = await forum.thread(post.id);
  return {
    forum,
    admin,
    judge,
    links: await linksOfMails(forum),
    writer,
    post,
    other,
    root,
    deepest,
    edited,
    marked,
    position,
    policyPosition,
    ...held,
    ...punished,
  };
}

async function editedMost(forum: RunningForum, writer: TestMember, post: Post): Promise<Comment> {
  let comment = await forum.comment(writer, post.id, { body: wholeDiffering(0) });
  for (let edit = 1; edit <= EDITS; edit += 1) {
    const body = { body: wholeDiffering(edit), revision: comment.revision };
    comment = await forum.done('PATCH', `/api/v1/comments/${comment.id}`, { token: writer.token, body });
  }
  return comment;
}

async function heldTexts(
  forum: RunningForum,
  { admin, writer, post }: Pick<LargestForum, 'admin' | 'writer' | 'post'>,
): Promise<Pick<LargestForum, 'held' | 'decisionIds' | 'bulkIds'>> {
  const { token } = admin;
  const bulk = async (many: number) => {
    const comments = await inTurns(many, (n) => forum.comment(writer, post.id, { body: longText(n + 1_000) }));
    const items = comments.map(({ id, revision }) => ({ commentId: id, revision }));
    const body = { items, action: 'hold', reason: 'spam', note: 'a '.repeat(999) };
    const { bulkId, results } = await forum.done<BulkAnswer>('POST', '/api/v1/moderation/decisions', { token, body });
    return { comments, bulkId, decisionIds: results.map(({ decision }) => decision?.id ?? newId()) };
  };
  const { comments: held, decisionIds } = await bulk(HELD);
  const bulkIds: string[] = [];
  for (let n = 0; n < BULKS; n += 1) bulkIds.push((await bulk(OF_A_BULK)).bulkId);
  for (let n = 0; n < 20; n += 1) {
    const note = { token, body: { text: longText(n, 5_000) } };
    await forum.done('POST', `/api/v1/members/${writer.member.id}/notes`, note);
  }
  return { held, decisionIds, bulkIds };
}

async function punishedMembers(
  forum: RunningForum,
  { token }: TestMember,
): Promise<Pick<LargestForum, 'warned' | 'banned'>> {
  const punish = async (handle: string, kind: string): Promise<Warned> => {
    const member = await forum.member(handle);
    const body = { kind, reason: 'spam', statement: longText(3, 2_000) };
    const path = `/api/v1/members/${member.member.id}/sanctions`;
    const { id } = await forum.done<Sanction>('POST', path, { token, body });
    return { member, sanctionId: id };
  };
  const warned: Warned[] = [];
  for (let n = 0; n < WARNED; n += 1) warned.push(await punish(`warned-member-${n}`, 'warning'));
  for (const { member, sanctionId } of warned.slice(0, 2)) {
    const appeal = { token: member.token, body: { text: longText(2, 5_000) } };
    await forum.done('POST', `/api/v1/members/me/sanctions/${sanctionId}/appeal`, appeal);
  }
  const banned: TestMember[] = [];
  for (let n = 0; n < BANNED; n += 1) banned.push((await punish(`banned-member-${n}`, 'ban')).member);
  return { warned, banned };
}
