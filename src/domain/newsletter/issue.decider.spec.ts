import { test } from '@jest/globals';
import { given, metaOf } from '../../../test/support/given.ts';
import { BeginIssue, FinishIssue, HandOverIssue, ResumeIssue, StopIssue, TestIssue } from './issue.commands.ts';
import { issueDecider } from './issue.decider.ts';
import type { IssueEvent } from './issue.events.ts';

const postId = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01';
const begun: IssueEvent = { type: 'IssueBegun.v1', data: { postId }, personal: null };
const stopped: IssueEvent = { type: 'IssueStopped.v1', data: { postId }, personal: null };
const resumed: IssueEvent = { type: 'IssueResumed.v1', data: { postId }, personal: null };
const finished: IssueEvent = { type: 'IssueFinished.v1', data: { postId, sent: 2, unsent: 0 }, personal: null };
const handed = (...subscriberIds: readonly string[]): IssueEvent => ({
  type: 'IssueHandedOver.v1',
  data: { postId, subscriberIds },
  personal: null,
});
const begin = new BeginIssue({ postId, isOut: true }, metaOf());
const early = new BeginIssue({ postId, isOut: false }, metaOf());
const hand = (after: string | null, ...subscriberIds: readonly string[]) =>
  new HandOverIssue({ postId, subscriberIds, after }, metaOf());
const finish = new FinishIssue({ postId, sent: 2, unsent: 0 }, metaOf());

test('an issue that readers see is sent once, however many editors press', () => {
  given(issueDecider, []).when(begin, null).then([begun]);
  given(issueDecider, []).when(early, null).thenRefused('conflict');
  for (const more of [[], [stopped], [finished]])
    given(issueDecider, [begun, ...more])
      .when(begin, null)
      .then([]);
});

test('each reader is handed over once, after those before', () => {
  given(issueDecider, [begun])
    .when(hand(null, 'a', 'b'), null)
    .then([handed('a', 'b')]);
  given(issueDecider, [begun, handed('a', 'b')])
    .when(hand('b', 'c'), null)
    .then([handed('c')]);
  given(issueDecider, [begun, handed('a', 'b')])
    .when(hand(null, 'a', 'b'), null)
    .then([]);
  given(issueDecider, [begun, handed('a', 'b')])
    .when(hand('a', 'b', 'c'), null)
    .then([]);
  given(issueDecider, [begun]).when(hand(null), null).then([]);
  given(issueDecider, []).when(hand(null, 'a'), null).then([]);
});

test('a stopped issue is handed to nobody, and goes on where it was', () => {
  given(issueDecider, [begun]).when(new StopIssue({ postId }, metaOf()), null).then([stopped]);
  given(issueDecider, [begun, handed('a'), stopped])
    .when(hand('a', 'b'), null)
    .then([]);
  given(issueDecider, [begun, stopped]).when(finish, null).then([]);
  const resume = (isOut: boolean) => new ResumeIssue({ postId, isOut }, metaOf());
  given(issueDecider, [begun, stopped]).when(resume(true), null).then([resumed]);
  given(issueDecider, [begun, stopped]).when(resume(false), null).thenRefused('conflict');
  given(issueDecider, [begun]).when(resume(false), null).then([]);
  given(issueDecider, [begun, handed('a'), stopped, resumed])
    .when(hand('a', 'b'), null)
    .then([handed('b')]);
  given(issueDecider, [begun]).when(finish, null).then([finished]);
  given(issueDecider, [begun, finished]).when(finish, null).then([]);
});

test('a test goes to the editor alone, and has a bound', () => {
  const tested: IssueEvent = { type: 'IssueTested.v1', data: { postId, memberId: 'e' }, personal: null };
  const ask = (isOut = true) => new TestIssue({ postId, memberId: 'e', isOut }, metaOf());
  given(issueDecider, []).when(ask(), null).then([tested]);
  given(issueDecider, []).when(ask(false), null).thenRefused('conflict');
  given(
    issueDecider,
    Array.from({ length: 50 }, () => tested),
  )
    .when(ask(), null)
    .thenRefused('conflict');
});
