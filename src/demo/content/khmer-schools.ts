import type { DemoPost } from '../content-types.ts';

export const SCHOOLS: DemoPost = {
  slug: 'ការនិយាយគ្នានៅសាលារៀន',
  title: 'ការនិយាយគ្នានៅសាលារៀន',
  kind: 'article',
  locale: 'km',
  by: 'mekong-desk',
  at: '2015-09-08 02:00',
  tags: ['prevention', 'schools'],
  excerpt: 'សិស្សចង់ដឹងអំពីការធ្វើចំណាកស្រុកដោយសុវត្ថិភាព។ អត្ថបទខ្លីនេះសរសេរសម្រាប់គ្រូបង្រៀន។',
  body: `សិស្សជាច្រើនមានបងប្អូនធ្វើការនៅក្រៅប្រទេស។ ពួកគេចង់ដឹងអំពី **ការធ្វើចំណាកស្រុកដោយសុវត្ថិភាព**។

## អ្វីដែលគ្រូអាចសួរ

1. តើអ្នកណាធ្លាប់និយាយទូរស័ព្ទជាមួយបងប្អូននៅឆ្ងាយ?
2. តើឯកសារអ្វីខ្លះដែលត្រូវរក្សាទុក?
3. បើមានបញ្ហា តើត្រូវទូរស័ព្ទទៅអ្នកណា?

## អ្វីដែលគួរចៀសវាង

- កុំប្រើរូបភាពដែលធ្វើឱ្យភ័យខ្លាច។
- កុំបង្ខំឱ្យសិស្សរៀបរាប់រឿងផ្ទាល់ខ្លួន។

សូមចែករំលែកបទពិសោធន៍របស់លោកអ្នក។`,
  comments: [
    {
      by: 'dara',
      at: '2015-09-08 04:18',
      body: 'ខ្ញុំជាគ្រូបង្រៀន។ សំណួរទីបីល្អណាស់ ព្រោះសិស្សភាគច្រើនមិនដឹងលេខទូរស័ព្ទ។',
      reactions: { like: ['sokha'], insightful: ['mekong-desk'] },
      answers: [{ by: 'sokha', at: '2015-09-08 05:00', body: 'យើងបានបោះពុម្ពកាតតូចៗសម្រាប់ដាក់ក្នុងសៀវភៅ។', reactions: { thanks: ['dara'] } }],
    },
    {
      by: 'minh',
      at: '2015-09-09 02:35',
      body: 'Could somebody give a summary in English? The picture of small cards in school books sounds like something we could copy.',
      answers: [
        {
          by: 'sokha',
          at: '2015-09-09 03:12',
          body: 'Three questions for the classroom: Who has talked by phone with a relative far away? Which documents must be kept? Whom do you call when there is a problem? And two things to avoid: pictures that frighten, and making pupils tell their own story.',
          reactions: { thanks: ['minh', 'nok', 'keo', 'meihua'] },
        },
      ],
    },
    {
      by: 'lek',
      at: '2015-11-30 04:10',
      body: 'In the school by the bridge, second row, there is a boy whose sister came back in May. Ask him.',
      reports: [
        { by: 'sokha', at: '2015-11-30 04:31', reason: 'privacy', note: 'A child can be recognised by this.' },
        { by: 'dara', at: '2015-11-30 05:02', reason: 'privacy' },
        { by: 'minh', at: '2015-11-30 05:15', reason: 'privacy' },
      ],
    },
  ],
};
