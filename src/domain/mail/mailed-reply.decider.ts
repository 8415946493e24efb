import type { Decider } from '../../../libs/kernel/index.ts';
import type { AnswerMailedReply } from './mail.commands.ts';
import type { MailedReplyEvent } from './mail.events.ts';

/** A mail is answered once, with the first answer. */
export const mailedReplyDecider: Decider<{ answered: boolean }, AnswerMailedReply, MailedReplyEvent, null> = {
  initial: () => ({ answered: false }),
  decide: ({ data }, { answered }) => (answered ? [] : [{ type: 'MailedReplyAnswered.v1', data, personal: null }]),
  evolve: (state) => {
    state.answered = true;
    return state;
  },
};
