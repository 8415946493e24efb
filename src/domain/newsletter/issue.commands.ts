import { Command } from '../../../libs/kernel/index.ts';
import type { IssueFinished, IssueHandedOver, IssueTested } from './issue.events.ts';

/** The post as it is when it is to be sent. */
interface SeenIssue {
  /** Whether readers see it, and its kind is `newsletter`. */
  readonly isOut: boolean;
}

export class BeginIssue extends Command<{ readonly postId: string } & SeenIssue> {
  readonly type = 'BeginIssue';
}

/** Sent by the reactor with the readers after `after`, the last one whom the issue was handed to; null for nobody so far. */
export class HandOverIssue extends Command<IssueHandedOver['data'] & { readonly after: string | null }> {
  readonly type = 'HandOverIssue';
}

export class StopIssue extends Command<{ readonly postId: string }> {
  readonly type = 'StopIssue';
}

export class ResumeIssue extends Command<{ readonly postId: string } & SeenIssue> {
  readonly type = 'ResumeIssue';
}

export class FinishIssue extends Command<IssueFinished['data']> {
  readonly type = 'FinishIssue';
}

export class TestIssue extends Command<IssueTested['data'] & SeenIssue> {
  readonly type = 'TestIssue';
}

export type IssueCommand = BeginIssue | HandOverIssue | StopIssue | ResumeIssue | FinishIssue | TestIssue;
