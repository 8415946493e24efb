import type { DemoPost } from '../content-types.ts';

export const SAFE_MIGRATION: DemoPost = {
  slug: 'safe-migration-is-prevention',
  title: 'Safe migration is prevention',
  kind: 'article',
  locale: 'en',
  by: 'mekong-desk',
  at: '2015-03-24 03:00',
  tags: ['safe migration', 'prevention'],
  excerpt:
    'People will go on leaving for work. Prevention that only says "do not go" is not heard; prevention that says how to go is. What a useful leaflet holds.',
  body: `For a long time posters along our borders said one thing: *do not go*. People went, because wages on the other side were higher, because relatives were there already, because it was what one does at twenty.

A second generation of campaigns says something else: **if you go, go informed**.

## Before leaving

- Keep a copy of every document with someone you trust.
- Know the name and address of the employer, not only of the person who takes you there.
- Have a contract in a language that you read.
- Learn one telephone number by heart.

## On the way

- Nobody has the right to keep your passport.
- A debt that grows while you travel is a warning.

## At work

- Write down your hours. A notebook is evidence.
- You may leave a job. If somebody says that you may not, ask for help.

None of this makes exploitation impossible. It makes it harder to hide.

### Who should say it

Returned migrants are believed sooner than officials. Several provinces in the region train them to speak in villages and schools before the season in which most people leave. What works in your district?`,
  comments: [
    {
      by: 'keo',
      at: '2015-04-08 03:40',
      body: 'In our district the best place is the bus station, the evening before the holiday ends. People have time, and they are about to travel.\n\nA loudspeaker message of two minutes was remembered better than a leaflet of eight pages.',
      reactions: { insightful: ['linh', 'sokha', 'mekong-desk'], like: ['bounmy'] },
      answers: [
        {
          by: 'sokha',
          at: '2015-04-08 05:11',
          body: 'Same here. We also put the message on the tickets. Paper is kept until the journey is over.',
          reactions: { like: ['keo'] },
        },
        {
          by: 'nok',
          at: '2015-04-09 02:20',
          body: 'ที่ชายแดนฝั่งเรา คนขับรถตู้ช่วยแจกบัตรเบอร์โทรศัพท์ให้ผู้โดยสาร ได้ผลดีมาก',
          reactions: { thanks: ['keo'] },
        },
      ],
    },
    {
      by: 'linh',
      at: '2015-03-25 04:05',
      body: 'The line about the notebook is important. In two cases that I know of, hours written in a school notebook were what made a wage claim possible.',
      reactions: { agree: ['minh', 'aye', 'nok'] },
    },
    {
      by: 'zaw',
      at: '2015-05-11 05:00',
      body: 'အလုပ်ရှင်က ပတ်စ်ပို့ကို သိမ်းထားခွင့် မရှိဘူးဆိုတာ လူတိုင်း သိသင့်ပါတယ်။',
      reactions: { agree: ['aye', 'thida'] },
    },
    {
      by: 'wichai',
      at: '2015-03-26 08:45',
      body: 'I do not agree with all of it. A campaign that explains how to migrate is read by some as an invitation. We should be careful with the order of the sentences.',
      reactions: { disagree: ['linh', 'keo'], insightful: ['mekong-desk'] },
      answers: [
        {
          by: 'mekong-desk',
          at: '2015-03-26 10:02',
          body: 'A fair point. The leaflets that we have seen start with the regular channels and their cost, and only then come to the risks. Would that order answer your concern?',
          answers: [
            { by: 'wichai', at: '2015-03-27 01:15', body: 'Yes, mostly. The cost of the regular channel is the question that people ask first anyway.', reactions: { like: ['mekong-desk', 'keo'] } },
          ],
        },
      ],
    },
  ],
};
