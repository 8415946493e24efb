import { handlersFor } from '../../libs/nest-decider/index.ts';
import {
  BeginIssue,
  FinishIssue,
  HandOverIssue,
  ResumeIssue,
  StopIssue,
  TestIssue,
} from '../domain/newsletter/issue.commands.ts';
import { issueDecider } from '../domain/newsletter/issue.decider.ts';
import {
  AskSubscription,
  ConfirmSubscription,
  EndSubscription,
  IssueSubscriptionLink,
  ReturnIssue,
} from '../domain/newsletter/subscriber.commands.ts';
import { subscriberDecider } from '../domain/newsletter/subscriber.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const newsletterHandlers = [
  ...handlersFor({
    decider: subscriberDecider,
    decoder: decoders.subscriber,
    commands: [AskSubscription, IssueSubscriptionLink, ConfirmSubscription, EndSubscription, ReturnIssue],
    stream: ({ data }) => streams.subscriber(data.subscriberId),
    needs: () => async () => null,
    keyForEach: true,
  }),
  ...handlersFor({
    decider: issueDecider,
    decoder: decoders.issue,
    commands: [BeginIssue, HandOverIssue, StopIssue, ResumeIssue, FinishIssue, TestIssue],
    stream: ({ data }) => streams.issue(data.postId),
    needs: () => async () => null,
  }),
];
