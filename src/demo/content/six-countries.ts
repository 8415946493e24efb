import type { DemoPost } from '../content-types.ts';

export const SIX_COUNTRIES: DemoPost = {
  slug: 'six-countries-one-process',
  title: 'Six countries, one process: what COMMIT is',
  kind: 'article',
  locale: 'en',
  by: 'mekong-desk',
  at: '2015-01-20 03:00',
  tags: ['COMMIT', 'cooperation'],
  excerpt:
    'Cambodia, China, Lao PDR, Myanmar, Thailand and Viet Nam have worked under one memorandum since 2004. A short guide to how the process is built, for readers who meet its name for the first time.',
  body: `This blog follows how the six countries of the Greater Mekong Subregion cooperate against human trafficking. Most posts will mention **COMMIT**, so the first one explains the word.

COMMIT stands for *Coordinated Mekong Ministerial Initiative against Trafficking*. It began with a memorandum of understanding that ministers of six governments signed in Yangon in October 2004:

- Cambodia
- China
- Lao PDR
- Myanmar
- Thailand
- Viet Nam

## Why a process and not a project

A project ends. The memorandum set up something that meets again: senior officials of the six countries come together regularly, ministers less often, and each country has a **national task force** in which several ministries and the police sit at one table. The work itself is written down in sub-regional plans of action that run for a few years each.

> The point of a shared plan is simple: a person who was trafficked across a border needs two administrations to do the right thing, one after the other.

## What the plans cover

| Area | Typical question |
| --- | --- |
| Prevention | Do people who leave for work know what a safe route looks like? |
| Protection | Is a victim recognised as one, and treated as one? |
| Prosecution | Can evidence from one country be used in another? |
| Policy and cooperation | Who calls whom, and how fast? |

The secretariat of the process is with the United Nations: first with the inter-agency project known as UNIAP, and since 2014 with its successor, UN-ACT.

## What this blog will do

We write about what can be read in public documents, and we ask practitioners to add what documents do not say. Comments are welcome in any language of the region.`,
  closedAt: '2015-07-01 02:00',
  comments: [
    {
      by: 'sokha',
      at: '2015-01-20 06:41',
      body: 'Thank you for starting this. For new colleagues the hardest part is the vocabulary: task force, SOM, IMM, SPA. Could you add a small list of abbreviations?',
      reactions: { like: ['linh', 'nok', 'aye'], agree: ['bounmy'] },
      answers: [
        {
          by: 'mekong-desk',
          at: '2015-01-20 08:05',
          body: 'Good idea. In short:\n\n- **SOM**: senior officials\' meeting\n- **IMM**: inter-ministerial meeting\n- **SPA**: sub-regional plan of action\n\nA longer glossary follows in its own post.',
          reactions: { thanks: ['sokha', 'linh', 'meihua'] },
        },
      ],
    },
    {
      by: 'linh',
      at: '2015-01-21 02:17',
      body: 'Xin chào mọi người! Rất vui khi thấy có một nơi để trao đổi bằng nhiều ngôn ngữ. Tôi làm việc với các nhóm hỗ trợ người trở về ở miền Bắc.',
      reactions: { like: ['minh', 'sokha'] },
      answers: [
        {
          by: 'meihua',
          at: '2015-01-26 01:32',
          body: '你好 Linh！我在边境另一边的云南。希望以后能多交流。',
          reactions: { like: ['linh'] },
          answers: [
            { by: 'linh', at: '2015-01-26 02:10', body: '你好！We should compare notes about return papers one day; that is where our cases wait longest.' },
          ],
        },
      ],
    },
    {
      by: 'bounmy',
      at: '2015-01-22 07:20',
      body: 'ສະບາຍດີ. ຂໍຂອບໃຈທີ່ຂຽນເລື່ອງນີ້. ຂ້ອຍຢາກອ່ານກ່ຽວກັບການຍົກຍ້າຍແຮງງານທີ່ປອດໄພ.',
      reactions: { like: ['sokha', 'keo'] },
    },
    {
      by: 'aye',
      at: '2015-01-23 10:15',
      body: 'မင်္ဂလာပါ။ ဒီဘလော့ဂ်အတွက် ကျေးဇူးတင်ပါတယ်။ စာအုပ်စာတမ်းတွေကို ကိုယ့်ဘာသာစကားနဲ့ ဖတ်ချင်ပါတယ်။',
      reactions: { like: ['thida'], agree: ['bounmy', 'sokha'] },
    },
  ],
};
