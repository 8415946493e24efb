import type { DemoComment } from '../content-types.ts';

export const QUESTION_ANSWERS: readonly DemoComment[] = [
  {
    by: 'thida',
    at: '2015-10-06 02:15',
    body: 'A note from the moderator: please describe **procedures, not persons**. If you are not sure whether something identifies somebody, leave it out or write to me first.',
    pinned: true,
    reactions: { like: ['mekong-desk', 'nok', 'linh', 'sokha'] },
  },
  {
    by: 'sokha',
    at: '2015-10-06 03:04',
    body: 'What has worked: a joint training. Not because of the slides. Because for three days the officers from both sides had lunch at the same table.\n\nA year later one of them called the other directly, and a return that would have taken a month took four days.',
    reactions: { agree: ['nok', 'keo', 'linh', 'minh', 'aye'], insightful: ['mekong-desk'] },
    answers: [
      {
        by: 'nok',
        at: '2015-10-06 04:22',
        body: 'Lunch is underrated as an instrument of international law.',
        reactions: { funny: ['sokha', 'linh', 'jianguo', 'minh'], like: ['aye'] },
        answers: [
          {
            by: 'jianguo',
            at: '2015-10-06 05:10',
            body: '同意。先吃饭，后开会。(First eat, then meet.)',
            reactions: { funny: ['nok', 'meihua', 'linh'] },
          },
        ],
      },
      {
        by: 'minh',
        at: '2015-10-06 06:48',
        body: 'And yet I would not like it to depend on lunch. When those two officers are promoted, the four days become a month again. See what Keo wrote about [hotlines](/posts/hotlines-who-picks-up) in May.',
        reactions: { agree: ['keo', 'linh', 'bounmy'] },
        answers: [
          {
            by: 'keo',
            at: '2015-10-06 07:30',
            body: 'An update on that: the first quarterly check of our contact list was in September. Of nineteen contacts on paper, seven had moved. So the list works, since now we know.',
            edit: {
              at: '2015-10-06 07:41',
              body: 'An update on that: the first quarterly check of our contact list was in September. More than a third of the contacts on paper had moved on. So the list works, since now we know.',
            },
            reactions: { insightful: ['minh', 'linh', 'nok', 'mekong-desk'], thanks: ['sokha'] },
            answers: [
              {
                by: 'linh',
                at: '2015-10-06 08:15',
                body: 'Will you share the template of the list?',
                answers: [
                  {
                    by: 'keo',
                    at: '2015-10-07 02:00',
                    body: 'Here it is, as plain text:\n\n```text\noffice | shared address | languages | hours | checked on | checked by\n```\n\nThe two columns on the right matter most.',
                    reactions: { thanks: ['linh', 'minh', 'bounmy', 'meihua', 'wichai'] },
                    answers: [
                      {
                        by: 'bounmy',
                        at: '2015-10-07 03:12',
                        body: 'ຂອບໃຈຫຼາຍໆ! ຂ້ອຍຈະເລີ່ມໃຊ້ໃນອາທິດໜ້າ.',
                        reactions: { like: ['keo'] },
                      },
                    ],
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
  {
    by: 'linh',
    at: '2015-10-06 03:40',
    body: 'Điều cản trở lớn nhất đối với chúng tôi là **ngôn ngữ trong hồ sơ**. Biên bản được dịch hai lần: một lần sang tiếng Anh, một lần sang tiếng nước kia. Mỗi lần dịch mất một phần ý nghĩa.\n\nNếu được thay đổi một điều, tôi sẽ lập một danh sách phiên dịch viên chung cho các tỉnh biên giới.',
    reactions: { agree: ['minh', 'meihua'], like: ['sokha'] },
    answers: [
      {
        by: 'meihua',
        at: '2015-10-06 09:20',
        body: '我们也有同样的问题。中文—越南语的翻译在我们县只有两位，而且都不是全职。\n\n共同的译员名单是个好主意，我愿意参与整理云南这边的部分。',
        reactions: { like: ['linh', 'jianguo'], thanks: ['linh'] },
        answers: [
          {
            by: 'linh',
            at: '2015-10-06 10:05',
            body: '太好了！I will write to you. For the others: we are talking about a shared list of interpreters for the border provinces.',
            reactions: { like: ['meihua', 'mekong-desk', 'thida'] },
            answers: [
              { by: 'nok', at: '2015-10-07 01:48', body: 'Could Thai and Burmese be on it, too?', answers: [
                { by: 'meihua', at: '2015-10-07 02:36', body: 'I see no reason why not. Let us start with two languages, and make the form so that more fit in.', reactions: { agree: ['nok', 'linh'] } },
              ] },
            ],
          },
        ],
      },
    ],
  },
  {
    by: 'wichai',
    at: '2015-10-06 06:02',
    body: 'สิ่งที่อยากเปลี่ยนเป็นอย่างแรกคือ **งบประมาณค่าเดินทาง** เจ้าหน้าที่สองฝั่งอยู่ห่างกันแค่สิบกิโลเมตร แต่การขออนุมัติไปพบกันใช้เวลาหกสัปดาห์',
    reactions: { agree: ['nok', 'keo'], sad: ['linh'] },
    answers: [
      {
        by: 'thida',
        at: '2015-10-06 06:30',
        body: 'In English: Wichai would change the travel budget first. The two offices are ten kilometres apart, and the approval to meet takes six weeks.',
        reactions: { thanks: ['sokha', 'aye', 'minh'] },
      },
      {
        by: 'aye',
        at: '2015-10-07 04:55',
        body: 'We have solved that with a fixed day: the first Tuesday of every month, approved once for the whole year.',
        reactions: { insightful: ['wichai', 'nok', 'linh', 'mekong-desk', 'keo'] },
        answers: [{ by: 'wichai', at: '2015-10-07 05:20', body: 'ขออนุญาตลอกความคิดนี้ไปใช้นะครับ (I will copy that.)', reactions: { funny: ['aye'], like: ['nok'] } }],
      },
    ],
  },
  {
    by: 'zaw',
    at: '2015-10-06 11:25',
    body: 'ကျွန်တော်တို့ဆီမှာ အဓိက အခက်အခဲက ယုံကြည်မှုပါ။ ပြန်လာတဲ့သူတွေက ရုံးတွေကို ကြောက်ကြတယ်။ ရွာထဲက လူတစ်ယောက် အတူလိုက်ပါပေးရင် ပိုပြီး ပြောရဲကြပါတယ်။',
    reactions: { agree: ['aye'], like: ['thida'] },
    answers: [
      {
        by: 'aye',
        at: '2015-10-07 01:15',
        body: 'A translation of what Zaw wrote: the main difficulty is trust. People who return are afraid of offices; if somebody from the village goes with them, they dare to speak.',
        reactions: { thanks: ['nok', 'linh', 'meihua', 'sokha'], insightful: ['mekong-desk'] },
      },
    ],
  },
  {
    by: 'dara',
    at: '2015-10-07 03:33',
    body: 'សម្រាប់ខ្ញុំ អ្វីដែលសំខាន់បំផុតគឺ **ពេលវេលា**។ បើការឆ្លើយតបយឺត គ្រួសារនឹងបាត់បង់សង្ឃឹម ហើយទៅរកឈ្មួញកណ្តាលម្តងទៀត។',
    reactions: { agree: ['sokha'], sad: ['thida'] },
    answers: [
      {
        by: 'sokha',
        at: '2015-10-07 04:00',
        body: 'Dara says: time matters most. When the answer is slow, the family loses hope and goes back to the broker.',
        reactions: { thanks: ['linh', 'keo'], agree: ['nok'] },
      },
    ],
  },
  {
    by: 'minh',
    at: '2015-10-08 02:10',
    body: 'My answer to the third question: a common set of ten fields, as Linh proposed in June.\n\n1. A name to be called by\n2. Language\n3. Age, or "under eighteen"\n4. Where the person wants to go\n5. Urgent needs\n6. Risks on the way\n7. Contact on this side\n8. Contact on the other side\n9. What has been promised\n10. Date of the next call\n\nNumber nine is missing in all forms that I know.',
    reactions: { insightful: ['linh', 'bounmy', 'keo', 'nok', 'mekong-desk', 'aye'], agree: ['meihua', 'sokha', 'wichai'] },
    answers: [
      {
        by: 'nok',
        at: '2015-10-08 03:25',
        body: 'Number nine made me think of three people I should call today.',
        reactions: { like: ['minh', 'linh', 'aye', 'sokha'] },
      },
      {
        by: 'jianguo',
        at: '2015-10-08 06:40',
        body: 'Against my habit of saying "we need more research": this list could be tried next week, on paper, with no budget.',
        reactions: { agree: ['minh', 'keo'], like: ['meihua'] },
        answers: [
          {
            by: 'minh',
            at: '2015-10-09 01:55',
            body: 'Then let us try it: two provinces, six weeks, and a comment here about what was useless.',
            reactions: { agree: ['jianguo', 'bounmy', 'keo', 'linh'] },
            answers: [
              {
                by: 'bounmy',
                at: '2015-11-20 03:05',
                body: 'ລາຍງານຫຼັງຈາກຫົກອາທິດ. After six weeks: field 6 was often empty, field 9 never. And families asked for a copy, which nobody had planned.',
                reactions: { insightful: ['minh', 'linh', 'mekong-desk', 'nok', 'jianguo'], thanks: ['minh'] },
                answers: [
                  { by: 'minh', at: '2015-11-20 04:30', body: 'That they asked for a copy is the best result of all.', reactions: { agree: ['bounmy', 'keo', 'sokha', 'aye'] } },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
  {
    by: 'keo',
    at: '2015-10-09 04:44',
    body: 'One more thing that stood in the way: holidays. New year is in April on four sides of the river and in February on the two others, and nobody puts both into the calendar of a case.',
    reactions: { agree: ['linh', 'meihua', 'sokha'], funny: ['nok'] },
    answers: [
      { by: 'meihua', at: '2015-10-09 05:02', body: '春节前后的三周最难联系到人。', reactions: { agree: ['linh', 'jianguo'] } },
    ],
  },
  {
    by: 'mekong-desk',
    at: '2015-10-12 02:00',
    body: 'Thank you all. We are collecting: **contact lists that belong to offices**, **a fixed day each month**, **shared interpreters**, **ten fields**. Please go on, the newsletter is closed on the 27th.',
    reactions: { like: ['linh', 'keo', 'minh', 'nok', 'aye', 'sokha', 'meihua', 'bounmy'] },
  },
  {
    by: 'fast-papers',
    at: '2015-10-13 06:34',
    body: 'Guaranteed visa in one day, all six countries. Write to us now.',
  },
  {
    by: 'fast-papers',
    at: '2015-10-13 06:41',
    body: 'See [our offers](https://fast-papers.example/offers), [our prices](https://fast-papers.example/prices) and [what people say](https://fast-papers.example/praise).',
    decisions: [
      { by: 'thida', at: '2015-10-13 08:05', action: 'reject', reason: 'spam', note: 'The second advertisement from there.' },
      { by: 'thida', at: '2015-10-13 08:06', action: 'remove', reason: 'spam' },
    ],
  },
  {
    by: 'fast-papers',
    at: '2015-10-13 06:47',
    body: 'Very cheap translation of documents, every language of this page, delivered tomorrow.',
    reports: [
      { by: 'minh', at: '2015-10-13 07:20', reason: 'spam' },
      { by: 'keo', at: '2015-10-13 07:52', reason: 'spam', note: 'The same account as two minutes ago.' },
    ],
    decisions: [{ by: 'thida', at: '2015-10-13 08:07', action: 'remove', reason: 'spam' }],
  },
];
