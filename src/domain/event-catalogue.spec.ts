import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { upcast, versionOf, versionsUpTo } from '../../libs/kernel/index.ts';
import { EVENT_CATALOGUE, EVENT_TYPES, OLD_EVENTS } from './event-catalogue.ts';
import type { ForumEvent, OldEvent } from './event-types.ts';
import { UPCASTERS } from './upcasters.ts';

/** The compiler refuses this list unless it names exactly the types of the union. */
const NEWEST: Record<ForumEvent['type'], true> = {
  'PostPublished.v1': true,
  'PostEdited.v1': true,
  'PostWithdrawn.v1': true,
  'PostNameLost.v1': true,
  'PostAddressesKept.v2': true,
  'DiscussionChanged.v2': true,
  'CommentPosted.v1': true,
  'CommentEdited.v1': true,
  'CommentHeld.v2': true,
  'CommentRemoved.v1': true,
  'CommentRestored.v1': true,
  'CommentJudged.v1': true,
  'CommentDecided.v1': true,
  'ReactionAdded.v1': true,
  'ReactionWithdrawn.v1': true,
  'MemberRegistered.v1': true,
  'MemberRolesChanged.v1': true,
  'MemberRenamed.v1': true,
  'MemberLocaleChanged.v1': true,
  'MemberPasswordChanged.v1': true,
  'MemberSessionEnded.v1': true,
  'MemberNameLost.v1': true,
  'NameReserved.v1': true,
  'NameReleased.v1': true,
  'PolicySet.v1': true,
  'CommentReported.v1': true,
  'MemberSanctioned.v1': true,
  'SanctionLifted.v1': true,
  'WarningAcknowledged.v1': true,
  'SanctionAppealed.v1': true,
  'AppealDecided.v1': true,
  'MemberNoted.v1': true,
  'HiddenSeen.v2': true,
  'Exported.v1': true,
  'ImageStored.v1': true,
  'KeyDestroyed.v1': true,
  'LogKeyChanged.v1': true,
};

const OLD: Record<OldEvent['type'], true> = {
  'CommentHeld.v1': true,
  'PostAddressesKept.v1': true,
  'DiscussionChanged.v1': true,
  'HiddenSeen.v1': true,
};

test('the catalogue has every stored type once, each with its version and in one kind of stream', () => {
  expect(Object.keys(EVENT_CATALOGUE).sort()).toEqual([...Object.keys(NEWEST), ...Object.keys(OLD)].sort());
  expect(Object.values(EVENT_TYPES).flat().sort()).toEqual(Object.keys(NEWEST).sort());
  expect(Object.keys(OLD_EVENTS)).toEqual(Object.keys(OLD));
});

test('every version from the first to the newest is there, with an upcaster from each to the next', () => {
  expect(Object.keys(EVENT_CATALOGUE).sort()).toEqual(Object.keys(NEWEST).flatMap(versionsUpTo).sort());
  for (const [old, { readAs }] of Object.entries(OLD_EVENTS)) {
    const { name, version } = versionOf(old);
    expect(readAs).toBe(`${name}.v${version + 1}`);
    expect(Object.keys(NEWEST)).toContain(upcast({ type: old, data: {}, personal: null }, UPCASTERS).type);
  }
});

test('docs/EVENTS.md says what the catalogue says', () => {
  const check = () => execFileSync(process.execPath, ['scripts/events-doc.mjs', '--check'], { stdio: 'pipe' });
  expect(check).not.toThrow();
});
