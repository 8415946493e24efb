import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import type {
  Answers,
  Comment,
  DecisionAnswer,
  NewInvitation,
  PasskeyCreation,
  Post,
  PostDraft,
  PreviewLink,
  Sanction,
  SecondFactorOffer,
  StoredImage,
  TranslationList,
  WrittenTranslation,
} from '../../libs/client/index.ts';
import type { ForumCaller, TestMember } from './forum-caller.ts';
import { formOf } from './image-form.ts';
import { drawn } from './pictures.ts';
import { PushTestDevice } from './push-device.ts';
import { newId } from './running-forum.ts';
import { SoftAuthenticator } from './soft-authenticator.ts';
import { turnOn } from './two-factors.ts';
import { until } from './until.ts';

/** Stands in everything that is written by the person or about it, and nowhere else; in small letters, as addresses are. */
export const MARK = 'quxmarkerzebra';
/** Of the person, and nobody else's. */
export const HANDLE = 'quxhandlezebra';
export const EMAIL = `${MARK}@example.org`;
const NEXT_EMAIL = `next-${MARK}@example.org`;
export const PASSWORD_OF_MARK = `the word ${MARK} alone`;
export const BLOG = 'https://blog.example';

/** Those who read: each of them sees what others do not. */
export interface Readers {
  readonly anonymous: null;
  readonly other: TestMember;
  readonly moderator: TestMember;
  readonly auditor: TestMember;
  readonly admin: TestMember;
}

/** A person who has written into every field there is, and where that stands. */
export interface MarkedPerson {
  readonly member: TestMember['member'];
  readonly token: string;
  readonly post: Post;
  /** Of the person, when it was an editor. */
  readonly written: Post;
  /** Where whoever knows the address reads an unpublished text of the person. */
  readonly preview: string;
  /** Brought at that time, with words about what it shows. */
  readonly image: StoredImage;
  /** Of another site. */
  readonly page: { readonly url: string; readonly post: Post };
  /** Edited and reported, held, removed by a moderator, removed by the person, in the frame, of the time as a guest. */
  readonly comments: readonly Comment[];
  /** Of another, which the person has reported. */
  readonly reported: Comment;
  readonly decisionIds: readonly string[];
  /** What only the person and its authenticator know. */
  readonly secrets: readonly string[];
}

export interface MarkedForum {
  readonly forum: ForumCaller;
  readonly readers: Readers;
  /** Where mails may lie. */
  readonly dataDirs: readonly string[];
  /** As browsers see it; null where they take it for no place of passkeys. */
  readonly origin: string | null;
}

export async function newReaders(forum: ForumCaller): Promise<Readers> {
  const admin = await forum.admin();
  const site = { guests: true, newsletter: true, translations: 'members', discussion: { maxDepth: 8 } };
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: site });
  return {
    anonymous: null,
    other: await forum.member('another'),
    moderator: await forum.member('the-moderator', ['moderator']),
    auditor: await forum.member('the-auditor', ['auditor']),
    admin,
  };
}

export async function markedPerson(at: MarkedForum): Promise<MarkedPerson> {
  const { forum, readers } = at;
  const post = await forum.publish(readers.admin, { title: 'Discussed' });
  const url = `${BLOG}/framed`;
  const page = await forum.done<Post>('PUT', '/api/v1/pages', { body: { url, title: 'Framed' } });
  const asGuest = await guestComment(at, post);
  const { member, token } = await joined(at);
  const person = { member, token };
  await form(forum, '/settings', token, { displayName: `Renamed ${MARK}`, locale: 'en' });
  await form(forum, '/settings/email', token, { email: NEXT_EMAIL });
  await mailTo(at, NEXT_EMAIL, 1);
  const secrets = await moreWaysIn(at, token);
  const written = await forum.publish(person, { title: 'By an editor' });
  await unpublished(at, person, written);
  const { image } = await forum.done<Answers['POST /api/v1/images']>('POST', '/api/v1/images', {
    token,
    ...formOf([
      ['alt', `Brought ${MARK}`],
      ['file', await drawn(30, 20).png().toBuffer()],
    ]),
  });
  await forum.done('PUT', `/api/v1/members/${member.id}/roles`, { token: readers.admin.token, body: { roles: [] } });
  const said = await comments(at, person, { post, page });
  await translated(at, person, { post, ...said });
  await sanctioned(at, person);
  await shelved(at, person, post);
  return {
    ...person,
    post,
    written,
    preview: await previewOf(at, written),
    image,
    page: { url, post: page },
    secrets,
    ...said,
    comments: [...said.comments, asGuest],
  };
}

/** The person translates what others wrote, and somebody else what the person wrote. */
async function translated(
  { forum, readers }: MarkedForum,
  person: TestMember,
  { post, comments: [said], reported }: { post: Post; comments: readonly Comment[]; reported: Comment },
): Promise<void> {
  const translate = async (by: TestMember, path: string, words: object): Promise<string> => {
    const { sourceRevision } = await forum.done<TranslationList>('GET', path);
    const wish = { token: by.token, body: { language: 'th', sourceRevision, ...words } };
    return (await forum.done<WrittenTranslation>('POST', path, wish)).translation?.id ?? '';
  };
  const complain = (by: TestMember, id: string, note: string) =>
    forum.done('POST', `/api/v1/translations/${id}/reports`, { token: by.token, body: { reason: 'other', note } });
  const own = await translate(person, `/api/v1/comments/${reported.id}/translations`, { body: `Translated: ${MARK}` });
  await complain(readers.other, own, `Of a translation by the person: ${MARK}`);
  const ofPost = { title: `Title: ${MARK}`, body: `Whole: ${MARK}` };
  await translate(person, `/api/v1/posts/${post.id}/translations`, ofPost);
  const removed = await translate(person, `/api/v1/posts/${post.id}/translations`, {
    language: 'vi',
    title: `Removed title: ${MARK}`,
    body: `Removed: ${MARK}`,
  });
  const removal = { reason: 'other', statement: `Told: ${MARK}` };
  const { status } = await forum.call('POST', `/api/v1/translations/${removed}/removal`, {
    token: readers.moderator.token,
    body: removal,
  });
  if (status !== 204) throw new Error(`a removal was answered with ${status}`);
  const of = await translate(readers.other, `/api/v1/comments/${said?.id}/translations`, {
    body: `By another: ${MARK}`,
  });
  await complain(person, of, `By the person: ${MARK}`);
}

/** One text of a post is thrown away, another one stays. */
async function unpublished({ forum }: MarkedForum, { token }: TestMember, { id }: Post): Promise<void> {
  const path = `/api/v1/post-drafts/${id}`;
  const keep = (words: string) =>
    forum.done<PostDraft>('PUT', path, { token, body: { title: `${words} ${MARK}`, body: `${words}: ${MARK}` } });
  const { position } = await keep('Thrown away');
  await forum.call('DELETE', `${path}?over=${position}`, { token });
  await keep('Unpublished');
}

async function previewOf({ forum, readers }: MarkedForum, { id }: Post): Promise<string> {
  const path = `/api/v1/posts/${id}/preview-links`;
  const { url } = await forum.done<PreviewLink>('POST', path, { token: readers.admin.token, body: {} });
  return new URL(url).pathname;
}

/** One draft is thrown away, another one stays; and a device is told by push. */
async function shelved({ forum }: MarkedForum, { token }: TestMember, { id: postId }: Post): Promise<void> {
  const device = new PushTestDevice(`https://push.example/send/${MARK}`);
  await forum.done('PUT', '/api/v1/members/me/push', { token, body: device.wish });
  const drafts = '/api/v1/members/me/drafts';
  for (const body of [`Thrown away: ${MARK}`, `Unsent: ${MARK}`]) {
    await forum.call('DELETE', `${drafts}?postId=${postId}`, { token });
    await forum.done('PUT', drafts, { token, body: { postId, body } });
  }
}

/** A mail as the forum filed it. */
export interface FiledMail {
  readonly name: string;
  readonly to: string;
  readonly all: string;
}

/** Every mail in the folders, oldest first. */
export async function filedMails(dataDirs: readonly string[]): Promise<readonly FiledMail[]> {
  const files = dataDirs.flatMap((dir) => {
    const folder = join(dir, 'outbox');
    try {
      return readdirSync(folder)
        .filter((name) => name.endsWith('.eml'))
        .map((name) => ({ name, path: join(folder, name) }));
    } catch {
      return [];
    }
  });
  const mails = files.map(async ({ name, path }) => {
    const { to, subject = '', text = '', html } = await simpleParser(readFileSync(path));
    const [first] = to === undefined ? [] : [to].flat();
    return { name, to: first?.value[0]?.address ?? '', all: `${first?.text} ${subject} ${text} ${html || ''}` };
  });
  return (await Promise.all(mails)).toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

async function mailTo({ dataDirs }: MarkedForum, to: string, count: number): Promise<FiledMail> {
  let found: readonly FiledMail[] = [];
  await until(async () => {
    found = (await filedMails(dataDirs)).filter((mail) => mail.to === to);
    return found.length >= count;
  }).catch(async () => {
    const all = (await filedMails(dataDirs)).map((mail) => `${mail.name} ${mail.to}`);
    throw new Error(`${found.length} of ${count} mails to ${to} have come; there are ${all.join(', ')}`);
  });
  const mail = found[count - 1];
  if (mail === undefined) throw new Error(`no mail to ${to}`);
  return mail;
}

/** The path of the first link that does something; null in a mail that has none. */
export function linkIn({ all }: FiledMail): string | null {
  return /\/(?:confirm|reset|sign-in\/link|leave)\/[\w.-]+/.exec(all)?.[0] ?? null;
}

export async function form(
  forum: ForumCaller,
  path: string,
  token: string | null,
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    ...(token === null ? {} : { cookie: `colloquy_session=${token}` }),
  };
  const answer = await forum.call('POST', path, { headers, raw: new URLSearchParams(fields).toString() });
  if (![200, 303].includes(answer.status)) throw new Error(`POST ${path} answered ${answer.status}: ${answer.body}`);
  return answer.headers.get('location') ?? '';
}

/** Confirmed with the address that is the person's later on, and let through. */
async function guestComment(at: MarkedForum, post: Post): Promise<Comment> {
  const { forum, readers } = at;
  const id = newId();
  const guest = { name: `Guest ${MARK}`, email: EMAIL };
  const path = `/api/v1/posts/${post.id}/comments`;
  await forum.done('POST', path, { body: { id, body: `As a guest: ${MARK}`, guest } });
  await form(forum, linkIn(await mailTo(at, EMAIL, 1)) ?? '', null, {});
  await forum.done('POST', path, { body: { id: newId(), body: `Waiting: ${MARK}`, guest } });
  const written = () => forum.done<Comment>('GET', `/api/v1/comments/${id}`, { token: readers.admin.token });
  await decide(at, await written(), { action: 'approve' });
  return written();
}

async function joined(at: MarkedForum): Promise<TestMember> {
  const { forum, readers } = at;
  const { token: invitation } = await forum.done<NewInvitation>('POST', '/api/v1/invitations', {
    token: readers.admin.token,
    body: { email: EMAIL, note: `For ${MARK}`, roles: ['editor'] },
  });
  const names = { handle: HANDLE, displayName: `Name ${MARK}` };
  const body = { ...names, email: EMAIL, password: PASSWORD_OF_MARK, invitation };
  const { member } = await forum.done<Pick<TestMember, 'member'>>('POST', '/api/v1/members', { body });
  const headers = { 'user-agent': `Mozilla/5.0 (${MARK}) Firefox/130.0` };
  const signIn = { body: { login: HANDLE, password: PASSWORD_OF_MARK }, headers };
  const { token } = await forum.done<{ token: string }>('POST', '/api/v1/sessions', signIn);
  const confirming = (await filedMails(at.dataDirs)).length;
  await forum.done('POST', '/api/v1/members/me/confirmations', { token }).catch(() => undefined);
  await until(async () => (await filedMails(at.dataDirs)).length > confirming);
  const own = (await filedMails(at.dataDirs)).filter(({ to, all }) => to === EMAIL && all.includes('/confirm/'));
  const newest = own.at(-1);
  if (newest === undefined) throw new Error('no mail to confirm the address');
  await form(forum, linkIn(newest) ?? '', token, {});
  for (const path of ['password-resets', 'sign-in-links', 'newsletter/subscriptions'])
    await forum.call('POST', `/api/v1/${path}`, { body: { email: EMAIL } });
  return { member, token };
}

async function moreWaysIn({ forum, origin }: MarkedForum, token: string): Promise<readonly string[]> {
  if (origin !== null) {
    const options = await forum.done<PasskeyCreation>('POST', '/api/v1/members/me/passkeys/options', { token });
    const passkey = new SoftAuthenticator(origin).create(options);
    await forum.done('POST', '/api/v1/members/me/passkeys', { token, body: { passkey, name: `Key ${MARK}` } });
  }
  const { secret, recoveryCodes } = await turnOn(forum, { token });
  await forum.done<SecondFactorOffer>('POST', '/api/v1/members/me/second-factor', { token }).catch(() => undefined);
  return [secret, ...recoveryCodes];
}

async function decide(
  { forum, readers }: MarkedForum,
  { id, revision }: Pick<Comment, 'id' | 'revision'>,
  wish: object,
): Promise<string> {
  const body = { revision, note: `Decided: ${MARK}`, ...wish };
  const path = `/api/v1/comments/${id}/decisions`;
  const { decision } = await forum.done<DecisionAnswer>('POST', path, { token: readers.moderator.token, body });
  return decision.id;
}

async function comments(
  at: MarkedForum,
  person: TestMember,
  { post, page }: { readonly post: Post; readonly page: Post },
): Promise<Pick<MarkedPerson, 'comments' | 'reported' | 'decisionIds'>> {
  const { forum, readers } = at;
  const { token } = person;
  const reported = await forum.comment(readers.other, post.id, { body: 'Of another' });
  const note = { reason: 'abuse', note: `Reported: ${MARK}` };
  await forum.done('POST', `/api/v1/comments/${reported.id}/reports`, { token, body: note });
  const body = `First ${MARK} ![alt ${MARK}](/images/none.png) [link](https://${MARK}.example/)`;
  const first = await forum.comment(person, post.id, { body });
  const edit = { token, body: { body: `Edited ${MARK}`, revision: 0 } };
  const edited = await forum.done<Comment>('PATCH', `/api/v1/comments/${first.id}`, edit);
  await forum.done('POST', `/api/v1/comments/${first.id}/reports`, { token: readers.other.token, body: note });
  await forum.comment(readers.other, post.id, { parentId: first.id, body: 'An answer of another' });
  const held = await forum.comment(person, post.id, { parentId: reported.id, body: `Held ${MARK}` });
  const removed = await forum.comment(person, post.id, { body: `Removed ${MARK}` });
  const own = await forum.comment(person, post.id, { body: `Taken back ${MARK}` });
  const framed = await forum.comment(person, page.id, { body: `Framed ${MARK}` });
  const decisionIds = [
    await decide(at, held, { action: 'hold', reason: 'other' }),
    await decide(at, removed, { action: 'remove', reason: 'spam' }),
  ];
  await forum.done('DELETE', `/api/v1/comments/${own.id}`, { token });
  await forum.done('PUT', `/api/v1/comments/${reported.id}/reactions/like`, { token });
  return { comments: [edited, held, removed, own, framed], reported, decisionIds };
}

async function sanctioned({ forum, readers }: MarkedForum, { member, token }: TestMember): Promise<void> {
  const path = `/api/v1/members/${member.id}`;
  const sanction = (kind: string) =>
    forum.done<Sanction>('POST', `${path}/sanctions`, {
      token: readers.moderator.token,
      body: { kind, reason: 'abuse', statement: `Stated: ${MARK}` },
    });
  const [first, second] = [await sanction('pre-moderation'), await sanction('warning')];
  for (const { id } of [first, second]) {
    const appeal = { token, body: { text: `Appealed: ${MARK}` } };
    await forum.done('POST', `/api/v1/members/me/sanctions/${id}/appeal`, appeal);
  }
  await forum.call('POST', `/api/v1/members/me/sanctions/${second.id}/acknowledgement`, { token });
  const answer = { token: readers.admin.token, body: { outcome: 'granted', answer: `Answered: ${MARK}` } };
  await forum.done('POST', `/api/v1/moderation/appeals/${first.id}`, answer);
  const note = { token: readers.moderator.token, body: { text: `Noted: ${MARK}` } };
  await forum.done('POST', `${path}/notes`, note);
}
