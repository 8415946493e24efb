import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RecordedEvent } from '../../libs/event-store/index.ts';
import { ERASED, type Json, versionsUpTo } from '../../libs/kernel/index.ts';
import { type ErasingVault, openSqliteVault } from '../../libs/vault/index.ts';
import { bookmarkDecider } from '../domain/bookmark/bookmark.decider.ts';
import { commentDecider } from '../domain/comment/comment.decider.ts';
import { commentFacts } from '../domain/comment/comment.facts.ts';
import { discussionDecider } from '../domain/discussion/discussion.decider.ts';
import { draftDecider } from '../domain/draft/draft.decider.ts';
import { EVENT_CATALOGUE, EVENT_TYPES } from '../domain/event-catalogue.ts';
import type { OldEvent } from '../domain/event-types.ts';
import { guestDecider } from '../domain/guest/guest.decider.ts';
import { hubDecider } from '../domain/hub/hub.decider.ts';
import { imageDecider } from '../domain/image/image.decider.ts';
import { inboxDecider } from '../domain/inbox/inbox.decider.ts';
import { invitationDecider } from '../domain/invitation/invitation.decider.ts';
import { keyDecider } from '../domain/key/key.decider.ts';
import { leaseDecider } from '../domain/lease/lease.decider.ts';
import { linkDecider } from '../domain/link/link.decider.ts';
import { logKeyDecider } from '../domain/log-key/log-key.decider.ts';
import { lookDecider } from '../domain/look/look.decider.ts';
import { mailDecider } from '../domain/mail/mail.decider.ts';
import { mailedReplyDecider } from '../domain/mail/mailed-reply.decider.ts';
import { testMailDecider } from '../domain/mail/test-mail.decider.ts';
import { memberDecider } from '../domain/member/member.decider.ts';
import { issueDecider } from '../domain/newsletter/issue.decider.ts';
import { subscriberDecider } from '../domain/newsletter/subscriber.decider.ts';
import { policyDecider } from '../domain/policy/policy.decider.ts';
import { postDecider } from '../domain/post/post.decider.ts';
import { postFacts } from '../domain/post/post.facts.ts';
import { postDraftDecider } from '../domain/post-draft/post-draft.decider.ts';
import { previewDecider } from '../domain/preview/preview.decider.ts';
import { pushDecider } from '../domain/push/push.decider.ts';
import { subscriptionDecider } from '../domain/push/subscription.decider.ts';
import { queueDecider } from '../domain/queue/queue.decider.ts';
import { reactionDecider } from '../domain/reaction/reaction.decider.ts';
import { reportDecider } from '../domain/report/report.decider.ts';
import { reservationDecider } from '../domain/reservation/reservation.decider.ts';
import { sanctionDecider } from '../domain/sanction/sanction.decider.ts';
import { sessionDecider } from '../domain/session/session.decider.ts';
import { siteDecider } from '../domain/site/site.decider.ts';
import { translationDecider } from '../domain/translation/translation.decider.ts';
import { translationReportDecider } from '../domain/translation-report/translation-report.decider.ts';
import { visitDecider } from '../domain/visit/visit.decider.ts';
import { decoders } from './decoders.ts';

const FOLDER = 'test/golden-events';

/** One stored event of each type and version, as JSON: positions as strings, the personal part opened. */
interface Golden {
  readonly id: string;
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
  readonly type: string;
  readonly recordedAt: string;
  readonly occurredAt: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly data: { readonly [field: string]: Json };
  readonly personal: { readonly [field: string]: Json } | null;
}

const names = readdirSync(FOLDER).filter((name) => name !== 'SHA256SUMS');
const goldens = names
  .filter((name) => name.endsWith('.json'))
  .map((name): Golden => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')));

let folder: string;
let vault: ErasingVault;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'colloquy-golden-'));
  vault = await openSqliteVault({ file: join(folder, 'vault.db') });
});
afterAll(async () => {
  await vault.close();
  rmSync(folder, { recursive: true });
});

async function recorded(golden: Golden): Promise<RecordedEvent> {
  const { personal, ...event } = golden;
  const sealed = personal === null ? null : await vault.seal(await vault.takeKey(), personal, golden);
  return { ...event, sealed, revision: BigInt(golden.revision), position: BigInt(golden.position) };
}

/** Fields that an event of the type need not have, and that its golden file leaves out. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  'CommentEdited.v1': ['language'],
  'CommentPosted.v1': ['language'],
  'LeaseTaken.v1': ['reached'],
  'PostEdited.v1': ['slug'],
  'DiscussionChanged.v2': ['slowModeSeconds'],
  'SiteChanged.v1': [
    'newsletter',
    'erasureDays',
    'mailDays',
    'queuePromiseHours',
    'siteNames',
    'pageAliases',
    'pageQueries',
    'translations',
  ],
  'InvitationMade.v1': ['locale'],
};

/** The newest type, and the data, that each old version reads as. */
const READ_AS: { readonly [Old in OldEvent['type']]: Pick<Golden, 'type' | 'data'> } = {
  'CommentHeld.v1': {
    type: 'CommentHeld.v2',
    data: {
      commentId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0b02',
      postId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01',
      reasons: ['awaiting-approval-in-source'],
      keepsPlace: false,
    },
  },
  'HiddenSeen.v1': {
    type: 'HiddenSeen.v2',
    data: {
      lookId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0f01',
      memberId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0c02',
      place: 'queue',
      subject: 'held',
      texts: [{ commentId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0b01', revision: null }],
      members: ['0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0c01'],
      more: 2,
    },
  },
  'DiscussionChanged.v1': {
    type: 'DiscussionChanged.v2',
    data: {
      postId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01',
      state: 'read-only',
      slowModeSeconds: 90,
      pinnedCommentId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0b01',
      reason: null,
    },
  },
  'MemberRegistered.v1': {
    type: 'MemberRegistered.v2',
    data: {
      memberId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0c01',
      handle: 'Somchai.P',
      locale: 'th',
      roles: ['member', 'editor'],
      emailReserved: true,
      membership: 'active',
      invitationId: null,
    },
  },
  'PostAddressesKept.v1': {
    type: 'PostAddressesKept.v2',
    data: {
      postId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01',
      addresses: ['https://blog.example.org/2015/10/borders/', 'https://blog.example.org/?p=7'],
      attachments: ['https://blog.example.org/wp-content/uploads/2015/10/map.png'],
      tagNames: [],
    },
  },
  'TranslationRemoved.v1': {
    type: 'TranslationRemoved.v2',
    data: {
      translationId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0f21',
      postId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01',
      commentId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0b01',
      language: 'th',
      memberId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0c01',
      by: 'moderator',
      reason: 'other',
    },
  },
};

const readers = Object.entries(EVENT_TYPES).map(([kind, types]) => ({
  kind,
  stored: goldens.filter(({ type }) => storedVersions(types).includes(type)),
}));

function storedVersions(types: readonly string[]): readonly string[] {
  return types.flatMap(versionsUpTo);
}

test('each stored type has one, and each file says of which', () => {
  expect(names.filter((name) => name.endsWith('.json'))).toEqual(goldens.map(({ type }) => `${type}.json`));
  expect(goldens.map(({ type }) => type)).toEqual(expect.arrayContaining(Object.keys(EVENT_CATALOGUE)));
});

test('none has changed since it was added', () => {
  const sums = names.map((name) => {
    const sum = createHash('sha256')
      .update(readFileSync(join(FOLDER, name)))
      .digest('hex');
    return `${sum}  ${name}\n`;
  });
  expect(sums.join('')).toBe(readFileSync(join(FOLDER, 'SHA256SUMS'), 'utf8'));
});

describe.each(Object.entries(EVENT_CATALOGUE))('%s', (type, entry) => {
  const [golden] = goldens.filter((one) => one.type === type);

  test('has fields that the catalogue explains, sealed and not', () => {
    const fields = [...Object.keys(golden?.data ?? {}), ...(LEFT_OUT[type] ?? [])];
    expect(fields.sort()).toEqual(Object.keys(entry.data).sort());
    expect(Object.keys(golden?.personal ?? {}).sort()).toEqual(Object.keys(entry.personal ?? {}).sort());
  });
});

describe.each(readers)('$kind', ({ kind, stored }) => {
  const decoder = Object.entries(decoders).find(([name]) => name === kind)?.[1];

  test.each(stored)(
    'reads $type back whole and in its newest version, or as a tombstone once its key is destroyed',
    async (golden) => {
      const event = await recorded(golden);
      const { type: _, data: __, personal, ...envelope } = golden;
      const { type, data } = Object.entries(READ_AS).find(([old]) => old === golden.type)?.[1] ?? golden;
      const expected = { ...envelope, revision: event.revision, position: event.position };

      expect(await decoder?.open(event, vault)).toEqual({ type, data, personal, envelope: expected });
      if (event.sealed === null) return;
      await vault.destroy(vault.keyOf(event.sealed));
      expect(await decoder?.open(event, vault)).toEqual({ type, data, personal: ERASED, envelope: expected });
    },
  );
});

test('a decoder refuses what is another kind of stream', async () => {
  const [golden] = goldens.filter(({ type }) => type === 'NameReserved.v1');
  if (golden === undefined) throw new Error('no golden file');
  await expect(decoders.post.open(await recorded(golden), vault)).rejects.toThrow(
    'handle-somchai.p holds an event of the unknown type NameReserved.v1 at position 18',
  );
});

/** Events in any order and number, some of them erased. No forum should ever store them, but each must be readable. */
async function anyOrderOf(types: readonly string[]): Promise<fc.Arbitrary<RecordedEvent[]>> {
  const events: RecordedEvent[] = [];
  for (const golden of goldens.filter(({ type }) => types.includes(type))) {
    const kept = await recorded(golden);
    const gone = await recorded(golden);
    if (gone.sealed !== null) await vault.destroy(vault.keyOf(gone.sealed));
    events.push(kept, gone);
  }
  return fc.array(fc.constantFrom(...events), { maxLength: 30 });
}

describe('evolve takes every stored fact, whatever came before', () => {
  test.each([
    ['post', async (event: RecordedEvent[]) => foldPost(event)],
    ['discussion', async (event: RecordedEvent[]) => fold(event, decoders.discussion, discussionDecider)],
    ['comment', async (event: RecordedEvent[]) => foldComment(event)],
    ['reaction', async (event: RecordedEvent[]) => fold(event, decoders.reaction, reactionDecider)],
    ['member', async (event: RecordedEvent[]) => fold(event, decoders.member, memberDecider)],
    ['reservation', async (event: RecordedEvent[]) => fold(event, decoders.reservation, reservationDecider)],
    ['policy', async (event: RecordedEvent[]) => fold(event, decoders.policy, policyDecider)],
    ['report', async (event: RecordedEvent[]) => fold(event, decoders.report, reportDecider)],
    ['sanction', async (event: RecordedEvent[]) => fold(event, decoders.sanction, sanctionDecider)],
    ['look', async (event: RecordedEvent[]) => fold(event, decoders.look, lookDecider)],
    ['image', async (event: RecordedEvent[]) => fold(event, decoders.image, imageDecider)],
    ['key', async (event: RecordedEvent[]) => fold(event, decoders.key, keyDecider)],
    ['invitation', async (event: RecordedEvent[]) => fold(event, decoders.invitation, invitationDecider)],
    ['logKey', async (event: RecordedEvent[]) => fold(event, decoders.logKey, logKeyDecider)],
    ['site', async (event: RecordedEvent[]) => fold(event, decoders.site, siteDecider)],
    ['link', async (event: RecordedEvent[]) => fold(event, decoders.link, linkDecider)],
    ['lease', async (event: RecordedEvent[]) => fold(event, decoders.lease, leaseDecider)],
    ['mail', async (event: RecordedEvent[]) => fold(event, decoders.mail, mailDecider)],
    ['queue', async (event: RecordedEvent[]) => fold(event, decoders.queue, queueDecider)],
    ['mailedReply', async (event: RecordedEvent[]) => fold(event, decoders.mailedReply, mailedReplyDecider)],
    ['testMail', async (event: RecordedEvent[]) => fold(event, decoders.testMail, testMailDecider)],
    ['guest', async (event: RecordedEvent[]) => fold(event, decoders.guest, guestDecider)],
    ['draft', async (event: RecordedEvent[]) => fold(event, decoders.draft, draftDecider)],
    ['postDraft', async (event: RecordedEvent[]) => fold(event, decoders.postDraft, postDraftDecider)],
    ['preview', async (event: RecordedEvent[]) => fold(event, decoders.preview, previewDecider)],
    ['bookmark', async (event: RecordedEvent[]) => fold(event, decoders.bookmark, bookmarkDecider)],
    ['translation', async (event: RecordedEvent[]) => fold(event, decoders.translation, translationDecider)],
    [
      'translationReport',
      async (event: RecordedEvent[]) => fold(event, decoders.translationReport, translationReportDecider),
    ],
    ['visit', async (event: RecordedEvent[]) => fold(event, decoders.visit, visitDecider)],
    ['inbox', async (event: RecordedEvent[]) => fold(event, decoders.inbox, inboxDecider)],
    ['subscription', async (event: RecordedEvent[]) => fold(event, decoders.subscription, subscriptionDecider)],
    ['hub', async (event: RecordedEvent[]) => fold(event, decoders.hub, hubDecider)],
    ['issue', async (event: RecordedEvent[]) => fold(event, decoders.issue, issueDecider)],
    ['subscriber', async (event: RecordedEvent[]) => fold(event, decoders.subscriber, subscriberDecider)],
    ['push', async (event: RecordedEvent[]) => fold(event, decoders.push, pushDecider)],
    ['session', async (event: RecordedEvent[]) => fold(event, decoders.session, sessionDecider)],
  ] as const)('%s', async (kind, folding) => {
    const anyOrder = await anyOrderOf(storedVersions(EVENT_TYPES[kind]));
    await fc.assert(
      fc.asyncProperty(anyOrder, async (events) => {
        await folding(events);
      }),
      { numRuns: 50 },
    );
  });

  interface Opening<Fact> {
    open(event: RecordedEvent, vault: ErasingVault): Promise<Fact>;
  }
  interface Folding<State, Fact> {
    initial(): State;
    evolve(state: State, fact: Fact): State;
  }

  async function fold<State, Fact>(events: RecordedEvent[], decoder: Opening<Fact>, decider: Folding<State, Fact>) {
    let state = decider.initial();
    for (const event of events) state = decider.evolve(state, await decoder.open(event, vault));
    return state;
  }
  async function foldPost(events: RecordedEvent[]) {
    await fold(events, decoders.post, postDecider);
    return fold(events, decoders.post, postFacts);
  }
  async function foldComment(events: RecordedEvent[]) {
    await fold(events, decoders.comment, commentDecider);
    return fold(events, decoders.comment, commentFacts);
  }
});
