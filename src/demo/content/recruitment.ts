import type { DemoPost } from '../content-types.ts';

export const RECRUITMENT: DemoPost = {
  slug: 'recruitment-who-pays',
  title: 'Recruitment: who pays the fees?',
  kind: 'article',
  locale: 'en',
  by: 'mekong-desk',
  at: '2015-09-22 03:00',
  tags: ['recruitment', 'labour', 'law'],
  excerpt:
    'Debt is the quietest means of control. An ILO convention of 1997 says that workers should not pay for being recruited; practice along the Mekong is more complicated.',
  body: `Debt is the quietest means of control. Nobody is locked in; there is only a sum that has to be worked off first, and it grows.

The *Private Employment Agencies Convention* of the International Labour Organization (No. 181, of 1997) states the principle in its Article 7: agencies shall **not charge workers any fees or costs**, directly or indirectly, with exceptions only for certain categories of workers and services, decided after consultation.

## Between principle and practice

Most countries of the region have not ratified that convention. National laws often allow fees up to a ceiling. What a worker pays is then made up of:

1. what the law allows,
2. what documents and transport cost,
3. what brokers on the way ask for,
4. interest on all of it.

Only the first can be read in a law.

## What is being tried

- Receipts in the worker's language for *every* payment
- Contracts that name the total cost, signed before departure
- Buyers abroad who pay recruitment costs themselves and ask their suppliers for proof

A debt is easier to see than a threat. For inspectors and for hotline staff the question *"How much do you still owe, and to whom?"* opens more doors than *"Are you free to leave?"*.`,
  comments: [
    {
      by: 'aye',
      at: '2015-09-22 06:20',
      body: 'The third point is where most of the money goes. A receipt helps only if the broker exists on paper.',
      reactions: { agree: ['zaw', 'keo', 'sokha'], insightful: ['mekong-desk'] },
      answers: [
        {
          by: 'jianguo',
          at: '2015-09-23 01:45',
          body: '是的。所以合同里应该写明"总费用"，而不仅仅是中介费。\n\nThe contract should name the *total*, as the post says, not only the agency fee.',
          reactions: { agree: ['aye', 'meihua'] },
          decisions: [
            { by: 'thida', at: '2015-09-23 02:10', action: 'approve', note: 'The word is the subject of the post here.' },
          ],
        },
      ],
    },
    {
      by: 'linh',
      at: '2015-09-23 03:08',
      body: 'Two tables that we use in training. Before departure:\n\n| Item | Paid to | Receipt? |\n| --- | --- | --- |\n| Passport | Office | yes |\n| Health check | Clinic | yes |\n| "Help" | Broker | no |\n\nParticipants fill it in with what they really paid. The column on the right is the lesson.',
      reactions: { insightful: ['nok', 'minh', 'mekong-desk', 'keo'], thanks: ['bounmy', 'aye'] },
      answers: [
        { by: 'bounmy', at: '2015-09-23 07:17', body: 'ຂໍອະນຸຍາດແປເປັນພາສາລາວໄດ້ບໍ? May I translate it into Lao?', answers: [
          { by: 'linh', at: '2015-09-23 08:00', body: 'Please do!', reactions: { thanks: ['bounmy'] } },
        ] },
      ],
    },
    {
      by: 'wichai',
      at: '2015-09-24 04:52',
      body: 'Employers in my province would say: if we pay everything, the worker leaves after a month. How do you answer that?',
      answers: [
        {
          by: 'nok',
          at: '2015-09-24 06:00',
          body: 'By asking why they leave after a month.',
          reactions: { like: ['linh', 'aye', 'keo', 'minh'], funny: ['jianguo'] },
          answers: [{ by: 'wichai', at: '2015-09-24 06:20', body: 'ก็จริงครับ (That is fair.)', reactions: { like: ['nok'] } }],
        },
      ],
    },
  ],
};
