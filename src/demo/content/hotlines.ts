import type { DemoPost } from '../content-types.ts';

export const HOTLINES: DemoPost = {
  slug: 'hotlines-who-picks-up',
  title: 'Hotlines: who picks up, and in which language?',
  kind: 'article',
  locale: 'en',
  by: 'mekong-desk',
  at: '2015-05-26 03:00',
  tags: ['hotlines', 'protection'],
  excerpt:
    'A hotline number on a poster is a promise. What callers across the region need from it, and four questions that every hotline can ask itself.',
  body: `A hotline number on a poster is a promise: *somebody will pick up, will understand you, and can do something*. Each country in the region has at least one national line for people in distress, run by a ministry, a women's union, a children's service or a non-governmental organisation. We do not print the numbers here, because they change; ask the task force of your country.

Four questions that a hotline can ask itself:

1. **Which languages** does the night shift speak? A migrant worker calls after work, and not in the language of the country.
2. **Is the call free**, also from a prepaid card bought in the neighbouring country?
3. **What happens next?** A referral list that is a year old is no referral.
4. **Who hears of it?** A caller who fears the police will hang up when the first question is about papers.

## Across the border

The hardest calls come from abroad: a sister at home calls because her brother on a boat or in a factory has stopped writing. Two hotlines then need each other. Some do have a direct contact on the other side; most write a letter through the ministries, and wait.

\`\`\`text
caller -> hotline at home -> hotline abroad -> local social service
                 ^                                  |
                 +------------- answer -------------+
\`\`\`

How long does that loop take where you work?`,
  comments: [
    {
      by: 'nok',
      at: '2015-05-26 05:30',
      body: 'For us between two days and three weeks. The difference is always a person: where somebody knows somebody, it is two days.',
      reactions: { insightful: ['mekong-desk', 'linh', 'keo'], sad: ['sokha'] },
      answers: [
        {
          by: 'keo',
          at: '2015-05-26 08:14',
          body: 'And when that person is transferred to another office, it is three weeks again.',
          reactions: { agree: ['nok', 'bounmy', 'sokha'] },
          answers: [
            {
              by: 'linh',
              at: '2015-05-27 02:02',
              body: 'So the contact should belong to the office: one shared address, read by at least two people, and a list that is checked every quarter.',
              reactions: { agree: ['keo', 'nok', 'mekong-desk', 'minh'] },
              answers: [
                {
                  by: 'keo',
                  at: '2015-05-27 03:20',
                  body: 'A list that is checked every quarter: I will propose exactly that next week.',
                  answers: [{ by: 'keo', at: '2015-06-09 04:00', body: 'Proposed, and accepted. First check in September.', reactions: { like: ['linh', 'nok', 'mekong-desk'], thanks: ['linh'] } }],
                },
              ],
            },
          ],
        },
      ],
    },
    {
      by: 'zaw',
      at: '2015-05-27 11:45',
      body: 'ညဘက်မှာ ဖုန်းဆက်တဲ့သူ အများဆုံးပါ။ မြန်မာစကားပြောတတ်တဲ့သူ တစ်ယောက် ညဆိုင်းမှာ ရှိသင့်ပါတယ်။',
      reactions: { agree: ['aye'] },
      answers: [
        {
          by: 'thida',
          at: '2015-05-28 01:10',
          body: 'For the other readers: Zaw says that most calls come at night, and that somebody on the night shift should speak Burmese.',
          reactions: { thanks: ['nok', 'wichai'] },
        },
      ],
    },
    {
      by: 'wichai',
      at: '2015-05-29 03:00',
      body: 'Call me, I know an agency that solves everything in one day, very cheap!!!',
      reports: [{ by: 'nok', at: '2015-05-29 03:12', reason: 'spam', note: 'This does not sound like Wichai.' }],
      decisions: [{ by: 'thida', at: '2015-05-29 03:25', action: 'remove', reason: 'spam', note: 'Advertising' }],
      sanction: {
        by: 'thida',
        at: '2015-05-29 03:28',
        reason: 'spam',
        statement: 'Your comment offered a service for money. Offers of services have no place in these discussions.',
        acknowledgedAt: '2015-05-30 01:50',
        appeal: {
          at: '2015-05-30 02:10',
          text: 'I did not write that comment: somebody knew my password. I have changed it.',
          decided: {
            by: 'forum-keeper',
            at: '2015-05-31 01:30',
            outcome: 'granted',
            answer: 'It came from a country where you have never signed in from. The warning is taken back; thank you for telling us.',
          },
        },
      },
      answers: [
        {
          by: 'thida',
          at: '2015-05-29 03:20',
          body: 'This is an advertisement, and I am removing it. Please keep offers of services out of the discussion.',
          answers: [
            {
              by: 'wichai',
              at: '2015-05-30 02:00',
              body: 'That was not me, sorry for the trouble. I have changed my password.',
              reactions: { like: ['thida'] },
            },
          ],
        },
      ],
    },
  ],
};
