import type { Fact } from '../../../libs/kernel/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';

/** Stream `issue-<postId>`: how a post of the kind `newsletter` goes to its readers. */
export type IssueBegun = Fact<'IssueBegun.v1', { readonly postId: string }, null>;
export type IssueHandedOver = Fact<
  'IssueHandedOver.v1',
  {
    readonly postId: string;
    /** In the order of their ids; each after the last one of the event before. */
    readonly subscriberIds: readonly string[];
  },
  null
>;
export type IssueStopped = Fact<'IssueStopped.v1', { readonly postId: string }, null>;
export type IssueResumed = Fact<'IssueResumed.v1', { readonly postId: string }, null>;
export type IssueFinished = Fact<
  'IssueFinished.v1',
  { readonly postId: string; readonly sent: number; readonly unsent: number },
  null
>;
export type IssueTested = Fact<'IssueTested.v1', { readonly postId: string; readonly memberId: string }, null>;

export type IssueEvent = IssueBegun | IssueHandedOver | IssueStopped | IssueResumed | IssueFinished | IssueTested;

const STREAM = 'issue-<postId>';
const DATA = { postId: MEANING.post };

export const ISSUE_EVENTS: Catalogue<IssueEvent> = {
  'IssueBegun.v1': {
    stream: STREAM,
    sentence: 'An editor has an issue of the newsletter sent to all who get it at this moment, once for ever.',
    data: DATA,
    personal: null,
  },
  'IssueHandedOver.v1': {
    stream: STREAM,
    sentence: 'The next readers get a mail with the issue, one each: their mails follow from this event.',
    data: { ...DATA, subscriberIds: 'The readers, in the order of their ids; nobody is in two of these events.' },
    personal: null,
  },
  'IssueStopped.v1': {
    stream: STREAM,
    sentence: 'An editor stopped the sending: no further readers are handed over.',
    data: DATA,
    personal: null,
  },
  'IssueResumed.v1': {
    stream: STREAM,
    sentence: 'An editor lets the sending go on.',
    data: DATA,
    personal: null,
  },
  'IssueFinished.v1': {
    stream: STREAM,
    sentence: 'The mail to every reader was sent, or given up.',
    data: {
      ...DATA,
      sent: 'The mails that mail servers have taken.',
      unsent: 'Those that were given up, and of readers who had left by then.',
    },
    personal: null,
  },
  'IssueTested.v1': {
    stream: STREAM,
    sentence: 'An editor asked for the issue at the own address, to see it as readers get it.',
    data: { ...DATA, memberId: 'The editor.' },
    personal: null,
  },
};
