import type { DemoPost } from '../content-types.ts';

export const GLOSSARY: DemoPost = {
  slug: 'three-elements',
  title: 'Three elements: reading the definition slowly',
  kind: 'article',
  locale: 'en',
  by: 'mekong-desk',
  at: '2015-02-10 03:00',
  tags: ['law', 'glossary'],
  excerpt:
    'Act, means and purpose: the definition of the Palermo Protocol of 2000 is one long sentence. We take it apart, and ask how its words are said in our languages.',
  body: `Nearly every law on trafficking in the region goes back to one sentence: Article 3 of the United Nations *Protocol to Prevent, Suppress and Punish Trafficking in Persons, Especially Women and Children*, adopted in 2000 and in force since the end of 2003. It is often called the Palermo Protocol.

The sentence has three parts.

1. **The act**: recruitment, transportation, transfer, harbouring or receipt of persons,
2. **the means**: threat or use of force, coercion, abduction, fraud, deception, abuse of power or of a position of vulnerability, or paying someone who has control over another person,
3. **the purpose**: exploitation.

Two more rules stand right behind it, and are forgotten most often:

- Where one of the means was used, the **consent** of the victim does not matter.
- For a **child**, anyone under eighteen, the means need not be shown at all.

## Not the same as smuggling

Smuggling of migrants has a protocol of its own. Smuggling is about crossing a border against the rules, and it ends on arrival. Trafficking is about exploitation, and need not cross any border.

## Words

| English | Tiếng Việt | ไทย | 中文 |
| --- | --- | --- | --- |
| trafficking in persons | mua bán người | การค้ามนุษย์ | 人口贩运 |
| victim | nạn nhân | ผู้เสียหาย | 受害人 |
| labour migration | di cư lao động | การย้ายถิ่นของแรงงาน | 劳务移民 |

We would like to add Khmer, Lao and Burmese. Please tell us in the comments which words you use, and which ones you avoid.`,
  comments: [
    {
      by: 'sokha',
      at: '2015-02-10 05:02',
      body: 'In Khmer: ការជួញដូរមនុស្ស (trafficking in persons), ជនរងគ្រោះ (victim). For migration we say ទេសន្តរប្រវេសន៍ or, in everyday speech, ចំណាកស្រុក.',
      reactions: { thanks: ['mekong-desk', 'linh'], insightful: ['nok'] },
      answers: [
        {
          by: 'dara',
          at: '2015-03-03 06:30',
          body: 'ខ្ញុំយល់ស្រប។ ពាក្យ «ចំណាកស្រុក» ប្រជាជនយល់ងាយជាង។',
          reactions: { agree: ['sokha'] },
        },
      ],
    },
    {
      by: 'bounmy',
      at: '2015-02-10 07:44',
      body: 'ພາສາລາວ: **ການຄ້າມະນຸດ** (trafficking in persons), **ຜູ້ຖືກເຄາະຮ້າຍ** (victim), **ການເຄື່ອນຍ້າຍແຮງງານ** (labour migration).',
      reactions: { thanks: ['mekong-desk', 'keo'] },
    },
    {
      by: 'aye',
      at: '2015-02-11 04:20',
      body: 'Burmese: လူကုန်ကူးမှု (trafficking in persons), လူကုန်ကူးခံရသူ (victim), ရွှေ့ပြောင်းအလုပ်သမား (migrant worker).',
      reactions: { thanks: ['mekong-desk'], like: ['thida'] },
      answers: [
        {
          by: 'nok',
          at: '2015-02-11 09:01',
          body: 'Do you have a word for "survivor" as well? In Thai we write ผู้เสียหาย in law, which is closer to "injured person", and many of us are unhappy with it in counselling.',
          answers: [
            {
              by: 'aye',
              at: '2015-02-12 03:33',
              body: 'Not an easy one. Some colleagues describe it with a whole phrase instead: a person who has come through it. I think that is honest.',
              reactions: { insightful: ['nok', 'linh', 'meihua'] },
              answers: [
                {
                  by: 'linh',
                  at: '2015-02-12 06:12',
                  body: 'Ở Việt Nam chúng tôi thường nói "người trở về", the one who has returned. It says nothing about what happened, and that is exactly why people accept it.',
                  reactions: { agree: ['aye', 'minh', 'nok'] },
                },
              ],
            },
          ],
        },
      ],
    },
    {
      by: 'minh',
      at: '2015-02-13 02:50',
      body: 'A small correction on the table: in our law the phrase is "mua bán người", but in older texts you still find "buôn bán người". Both should be searchable.',
      edit: {
        at: '2015-02-13 03:05',
        body: 'A small addition to the table: since the law of 2011 the phrase is "mua bán người"; in older texts you still find "buôn bán người". Both should be searchable.',
      },
      reactions: { like: ['linh'], thanks: ['mekong-desk'] },
    },
    {
      by: 'wichai',
      at: '2015-02-20 09:30',
      body: 'ตารางนี้มีประโยชน์มาก ขอพิมพ์ติดไว้ที่สำนักงานได้ไหมครับ',
      answers: [{ by: 'mekong-desk', at: '2015-02-20 10:00', body: 'Of course. ได้เลยค่ะ' }],
    },
  ],
};
