import type { DemoPost } from '../content-types.ts';
import { QUESTION_ANSWERS } from './question-answers.ts';

export const QUESTION: DemoPost = {
  slug: 'what-makes-cooperation-work',
  title: 'A question to our readers: what makes cooperation across a border work?',
  kind: 'article',
  locale: 'en',
  by: 'mekong-desk',
  at: '2015-10-06 02:00',
  tags: ['cooperation', 'question'],
  excerpt:
    'Agreements are signed in capitals; cases are solved by people who trust each other across a river. What has worked for you? This time the comments are the article.',
  body: `Agreements are signed in capitals. Cases are solved by people on two sides of a river who know each other's names.

This time we do not write an article; we ask for one. Please answer in the comments, in whichever language you like:

1. **What has worked** for you when a case crossed a border?
2. **What stood in the way**: law, language, money, habit?
3. **What would you change first**, if you could change one thing before the end of the year?

Please leave out names and anything by which a person could be recognised. Our moderator will remove such details.

We will collect your answers for the newsletter at the end of the month.`,
  comments: QUESTION_ANSWERS,
};
