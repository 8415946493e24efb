import { FIRST_POLICY } from '../../domain/policy/policy.events.ts';
import type { DemoPolicy } from '../content-types.ts';

const BANNED = ['guaranteed visa', 'รับทำวีซ่าด่วน', 'bao đậu visa'];

function withWords(suspect: readonly string[]): DemoPolicy['policy'] {
  return {
    rules: FIRST_POLICY.rules.map((rule) => {
      if (rule.rule === 'banned-words') return { ...rule, words: BANNED };
      if (rule.rule === 'suspect-words') return { ...rule, words: suspect };
      if (rule.rule === 'links') return { ...rule, on: true, most: 2, measure: 'hold' };
      return rule;
    }),
  };
}

export const POLICIES: readonly DemoPolicy[] = [
  {
    by: 'thida',
    at: '2015-06-01 02:00',
    policy: withWords(['very cheap', 'agency']),
    note: 'After the advertisement of 29 May.',
  },
  {
    by: 'thida',
    at: '2015-09-23 02:20',
    policy: withWords(['very cheap']),
    note: 'Agency is a word of our subject: it brought a fair comment before the moderators.',
  },
];
