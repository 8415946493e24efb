import { handlersFor } from '../../libs/nest-decider/index.ts';
import { TakeLease } from '../domain/lease/lease.commands.ts';
import { leaseDecider } from '../domain/lease/lease.decider.ts';
import {
  AnswerMailedReply,
  AskTestMail,
  RecordMailFault,
  RetryMail,
  SettleMail,
} from '../domain/mail/mail.commands.ts';
import { mailDecider } from '../domain/mail/mail.decider.ts';
import { mailedReplyDecider } from '../domain/mail/mailed-reply.decider.ts';
import { testMailDecider } from '../domain/mail/test-mail.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const mailHandlers = [
  ...handlersFor({
    decider: mailDecider,
    decoder: decoders.mail,
    commands: [SettleMail, RecordMailFault, RetryMail],
    stream: ({ data }) => streams.mail(data.mailId),
    needs: () => async () => null,
    starts: ({ type }) => type === 'SettleMail',
  }),
  ...handlersFor({
    decider: testMailDecider,
    decoder: decoders.testMail,
    commands: [AskTestMail],
    stream: ({ data }) => streams.testMail(data.testId),
    needs: () => async () => null,
    starts: () => true,
  }),
  ...handlersFor({
    decider: mailedReplyDecider,
    decoder: decoders.mailedReply,
    commands: [AnswerMailedReply],
    stream: ({ data }) => streams.mailedReply(data.answerId),
    needs: () => async () => null,
    starts: () => true,
  }),
  ...handlersFor({
    decider: leaseDecider,
    decoder: decoders.lease,
    commands: [TakeLease],
    stream: ({ data }) => streams.lease(data.reactor),
    needs: () => async () => null,
  }),
];
