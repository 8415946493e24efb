import type { DemoPost } from '../content-types.ts';

export const NEWSLETTER_JUNE: DemoPost = {
  slug: 'newsletter-june-2015',
  title: 'Newsletter, June 2015',
  kind: 'newsletter',
  locale: 'en',
  by: 'mekong-desk',
  at: '2015-06-23 03:00',
  tags: ['newsletter'],
  excerpt: 'What we read, what readers asked, and what comes next: the blog at mid-year.',
  body: `Dear readers,

half a year of this blog is over. Here is what happened, and what comes.

## What we read

- The **Palermo Protocol** again, this time with your words for it in six languages: [Three elements](/posts/three-elements).
- The **Protocol of 2014 to the Forced Labour Convention**, adopted by the International Labour Conference in June 2014. It asks states to prevent forced labour, to protect those who suffered it, and to give them access to remedies.

## What you asked

> *Is there one form for referrals across all six borders?*

Not that we know of. Bilateral agreements name the authorities on each side, and several pairs of countries have agreed on standard procedures. One form for all would be a good question for the next plan of action.

> *May I reprint your posts?*

Yes, with a link.

## What comes

July brings the World Day against Trafficking in Persons on the 30th. In autumn we will ask *you* a question.

With thanks to all who wrote,
the Mekong desk`,
  comments: [
    {
      by: 'jianguo',
      at: '2015-06-23 06:18',
      body: '刚刚注册。感谢这份通讯，内容简洁清楚。',
      reactions: { like: ['meihua', 'mekong-desk'] },
      answers: [{ by: 'meihua', at: '2015-06-23 07:02', body: '欢迎你！', reactions: { like: ['jianguo'] } }],
    },
    {
      by: 'bounmy',
      at: '2015-06-24 02:44',
      body: 'One form for referrals: please do raise it. ພວກເຮົາໃຊ້ສາມແບບຟອມທີ່ແຕກຕ່າງກັນ, three different forms, for the same kind of case.',
      reactions: { agree: ['keo', 'linh', 'sokha'] },
      answers: [
        {
          by: 'linh',
          at: '2015-06-24 03:30',
          body: 'It need not be one form. It would be enough if all forms had the same ten fields in the same order.',
          reactions: { insightful: ['bounmy', 'mekong-desk'], agree: ['keo'] },
        },
      ],
    },
  ],
};
