import type { DemoPost } from '../content-types.ts';

export const ACTIP: DemoPost = {
  slug: 'the-asean-convention',
  title: 'The ASEAN convention: a first reading',
  kind: 'article',
  locale: 'en',
  by: 'mekong-desk',
  at: '2015-11-24 03:00',
  tags: ['ASEAN', 'law', 'ACTIP'],
  excerpt:
    'Signed in Kuala Lumpur on 21 November 2015: the ASEAN Convention Against Trafficking in Persons. What is in it, whom it will bind, and what it leaves to practice.',
  body: `On 21 November 2015, at their summit in Kuala Lumpur, the leaders of the Association of Southeast Asian Nations signed the **ASEAN Convention Against Trafficking in Persons, Especially Women and Children**, ACTIP for short. A plan of action goes with it.

## Whom it binds

Five of the six countries of the Mekong process are members of ASEAN; China is not. So the convention and the COMMIT process overlap without being the same. The convention enters into force after the **sixth** ratification, and then for those who have ratified.

## What is in it

- The definition of the Palermo Protocol is taken over, with its three elements.
- States are to make trafficking, and related corruption, money laundering and obstruction of justice, criminal offences.
- There are provisions on **prevention**, on the **protection** of victims and on their **repatriation and return**.
- States are to help each other in law, and to build up border control and exchange of information.

## What it leaves open

> A convention says *what*. Who, with which form, and by when, is said elsewhere, or nowhere.

The four points of [our October newsletter](/posts/newsletter-october-2015) are of that kind. None of them needs a convention; all of them become easier to ask for with one.

Have you read it differently? The comments are open.`,
  comments: [
    {
      by: 'minh',
      at: '2015-11-24 05:26',
      body: 'For our work the most useful part is that victims should not be held liable for unlawful acts directly related to having been trafficked. It is worded with care ("in appropriate cases"), but it is there.',
      reactions: { insightful: ['linh', 'nok', 'mekong-desk'], agree: ['sokha', 'aye'] },
      answers: [
        {
          by: 'nok',
          at: '2015-11-24 07:12',
          body: 'The wording with care is what worries me. Who decides which case is appropriate, and when? Usually after weeks in detention.',
          reactions: { agree: ['aye', 'keo', 'zaw'] },
          answers: [
            {
              by: 'minh',
              at: '2015-11-25 02:05',
              body: 'True. National law can be clearer than the convention, nothing forbids that.',
              reactions: { agree: ['nok', 'linh'] },
            },
          ],
        },
      ],
    },
    {
      by: 'jianguo',
      at: '2015-11-25 01:33',
      body: '中国不是东盟成员，但边境上的案件并不区分公约。希望两个机制能共用联系名单。\n\nCases at the border do not ask which convention applies. I hope that both processes will use one list of contacts.',
      reactions: { agree: ['meihua', 'linh', 'keo', 'mekong-desk'] },
    },
    {
      by: 'wichai',
      at: '2015-11-25 03:50',
      body: 'มีคำแปลภาษาไทยอย่างเป็นทางการหรือยังครับ',
      answers: [{ by: 'nok', at: '2015-11-25 04:15', body: 'ยังไม่เห็นค่ะ ถ้าพบจะแจ้งที่นี่', reactions: { thanks: ['wichai'] } }],
    },
    {
      by: 'keo',
      at: '2015-11-26 02:40',
      body: 'I counted the word "shall" and the word "may". I will not tell you the result, count for yourselves; it is instructive.',
      reactions: { funny: ['nok', 'minh', 'jianguo'], insightful: ['linh'] },
    },
    {
      by: 'lek',
      at: '2015-11-27 02:15',
      body: 'Another paper. Everybody who writes here is paid to find it wonderful.',
      reports: [
        { by: 'wichai', at: '2015-11-27 03:02', reason: 'abuse', note: 'I am paid by nobody, and I did not find it wonderful.' },
        { by: 'aye', at: '2015-11-27 05:40', reason: 'off-topic' },
      ],
      answers: [
        {
          by: 'keo',
          at: '2015-11-27 03:30',
          body: 'Read what Nok wrote about detention, three comments above: that is not what wonderful looks like.',
          reactions: { agree: ['nok', 'minh'] },
        },
      ],
    },
    {
      by: 'bounmy',
      at: '2015-11-28 01:45',
      body: 'Three texts to read beside it: [the protocol of 2000](https://texts.example/protocol), [the regional plan](https://texts.example/plan) and [the commentary](https://texts.example/commentary).',
    },
  ],
};
