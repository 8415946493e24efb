import { type Decider, DomainError, unreachable } from '../../../libs/kernel/index.ts';
import type { HandOverIssue, IssueCommand, TestIssue } from './issue.commands.ts';
import type { IssueEvent } from './issue.events.ts';

/** The tests of one issue. */
const MOST_TESTS = 50;

export interface IssueState {
  state: 'unsent' | 'sending' | 'stopped' | 'finished';
  /** The last reader whom it was handed to. */
  last: string | null;
  tests: number;
}

/** An issue is sent once, however many editors press; each reader is handed over once, in the order of ids. */
export const issueDecider: Decider<IssueState, IssueCommand, IssueEvent, null> = {
  initial: () => ({ state: 'unsent', last: null, tests: 0 }),
  decide: (command, issue) => {
    const { postId } = command.data;
    switch (command.type) {
      case 'BeginIssue':
        if (issue.state !== 'unsent') return [];
        requireOut(command.data.isOut);
        return [{ type: 'IssueBegun.v1', data: { postId }, personal: null }];
      case 'HandOverIssue':
        return handOver(command, issue);
      case 'StopIssue':
        return issue.state === 'sending' ? [{ type: 'IssueStopped.v1', data: { postId }, personal: null }] : [];
      case 'ResumeIssue':
        if (issue.state !== 'stopped') return [];
        requireOut(command.data.isOut);
        return [{ type: 'IssueResumed.v1', data: { postId }, personal: null }];
      case 'FinishIssue':
        return issue.state === 'sending' ? [{ type: 'IssueFinished.v1', data: command.data, personal: null }] : [];
      case 'TestIssue':
        return test(command, issue);
      default:
        return unreachable(command);
    }
  },
  evolve: (issue, fact) => {
    switch (fact.type) {
      case 'IssueBegun.v1':
      case 'IssueResumed.v1':
        issue.state = 'sending';
        return issue;
      case 'IssueHandedOver.v1':
        issue.last = fact.data.subscriberIds.at(-1) ?? issue.last;
        return issue;
      case 'IssueStopped.v1':
        issue.state = 'stopped';
        return issue;
      case 'IssueFinished.v1':
        issue.state = 'finished';
        return issue;
      case 'IssueTested.v1':
        issue.tests += 1;
        return issue;
      default:
        return unreachable(fact);
    }
  },
};

/** A node that has not seen what another one handed over changes nothing. */
function handOver({ data }: HandOverIssue, { state, last }: IssueState): readonly IssueEvent[] {
  const { postId, subscriberIds, after } = data;
  if (state !== 'sending' || last !== after || subscriberIds.length === 0) return [];
  return [{ type: 'IssueHandedOver.v1', data: { postId, subscriberIds }, personal: null }];
}

function test({ data: { postId, memberId, isOut } }: TestIssue, { tests }: IssueState): readonly IssueEvent[] {
  requireOut(isOut);
  if (tests >= MOST_TESTS) throw new DomainError('conflict', `An issue is tested ${MOST_TESTS} times at most.`);
  return [{ type: 'IssueTested.v1', data: { postId, memberId }, personal: null }];
}

function requireOut(isOut: boolean): void {
  if (!isOut) throw new DomainError('conflict', 'Only a published post of the kind newsletter is sent.');
}
