import type { DemoPost } from '../content-types.ts';

export const NEWSLETTER_OCTOBER: DemoPost = {
  slug: 'newsletter-october-2015',
  title: 'Newsletter, October 2015: what you answered',
  kind: 'newsletter',
  locale: 'en',
  by: 'mekong-desk',
  at: '2015-10-29 03:00',
  tags: ['newsletter', 'cooperation', 'COMMIT'],
  excerpt:
    'Eleven years after the memorandum was signed in Yangon: your answers to our question, in four points, and what two provinces are trying next.',
  body: `Dear readers,

eleven years ago this month the memorandum of the six countries was signed. We asked you [what makes cooperation across a border work](/posts/what-makes-cooperation-work). You answered in seven languages. In short:

## 1. Contacts belong to offices

A list with a shared address, read by two people, **checked every quarter**. One of you started such a list in June and has had the first check.

## 2. A fixed day

The first Tuesday of each month, approved once for the whole year. It replaces twelve applications for travel.

## 3. Interpreters, together

Two provinces on two sides of a border are making one list of interpreters.

## 4. Ten fields

Not one form for all, but ten fields that all forms share, in one order. It is being tried for six weeks. The field that you liked best: *what has been promised*.

---

What nobody wrote: that a new agreement is needed. What nearly everybody wrote: that the ones we have need people who have the time to use them.

In November leaders of ASEAN meet in Kuala Lumpur. A regional convention against trafficking is expected to be signed. We will read it.`,
  comments: [
    { by: 'aye', at: '2015-10-29 04:40', body: 'ကျေးဇူးတင်ပါတယ်။ အကျဉ်းချုပ်က ရှင်းလင်းပါတယ်။', reactions: { like: ['zaw', 'mekong-desk'] } },
    {
      by: 'linh',
      at: '2015-10-29 06:02',
      body: 'The interpreters\' list has its first fourteen names. It is small, and it is used.',
      edit: { at: '2015-10-29 06:20', body: 'The interpreters\' list has its first names. It is small, and it is used.' },
      reactions: { like: ['meihua', 'nok', 'minh', 'mekong-desk', 'thida'] },
    },
    {
      by: 'sokha',
      at: '2015-10-30 02:18',
      body: '"What nobody wrote": may I quote that in our annual report?',
      answers: [{ by: 'mekong-desk', at: '2015-10-30 03:00', body: 'Please do.', reactions: { thanks: ['sokha'] } }],
    },
    {
      by: 'zaw',
      at: '2015-10-31 10:12',
      body: 'I posted this in the wrong discussion, please ignore.',
      removed: { at: '2015-10-31 10:14' },
    },
  ],
};
