import type { DemoPost } from '../content-types.ts';

export const YEAR: DemoPost = {
  slug: '这一年我们学到了什么',
  title: '这一年，我们学到了什么',
  kind: 'article',
  locale: 'zh-Hans',
  by: 'mekong-desk',
  at: '2015-12-15 02:00',
  tags: ['cooperation', 'question'],
  excerpt: '从一月的第一篇文章到十二月，读者用七种语言写下了自己的经验。这里是其中的四点。',
  body: `从一月的第一篇文章到现在，读者用七种语言写下了自己的经验。我们从中学到了四点：

1. **联系名单属于机构，而不属于个人。** 名单要定期核对。
2. **会面的日子要固定。** 一次批准，全年有效。
3. **翻译是合作的一部分**，不是合作之后的事情。
4. **答应过的事要写下来。** 这是表格里最容易被遗忘的一栏。

## 数字与时间

识别出的受害人增加，可能意味着犯罪增多，也可能意味着识别能力提高。等待的时间更能说明问题。

## 明年

明年我们将继续阅读公开的文件，也继续请大家补充文件里没有写的内容。

> 合作不是从签字开始的，而是从有人接电话开始的。

感谢每一位读者。`,
  comments: [
    {
      by: 'meihua',
      at: '2015-12-15 03:15',
      body: '最后一句话说出了我们的心声。',
      reactions: { agree: ['jianguo', 'linh'] },
    },
    {
      by: 'linh',
      at: '2015-12-15 04:02',
      body: '"Hợp tác không bắt đầu từ chữ ký, mà bắt đầu khi có người nhấc máy." Tôi đã dịch câu này cho đồng nghiệp.',
      reactions: { like: ['minh', 'meihua', 'mekong-desk'] },
      answers: [
        { by: 'nok', at: '2015-12-15 05:30', body: 'ในภาษาไทย: "ความร่วมมือไม่ได้เริ่มจากลายเซ็น แต่เริ่มเมื่อมีคนรับโทรศัพท์"', reactions: { like: ['wichai', 'linh'] }, answers: [
          { by: 'bounmy', at: '2015-12-16 02:21', body: 'ພາສາລາວ: "ການຮ່ວມມືບໍ່ໄດ້ເລີ່ມຈາກລາຍເຊັນ ແຕ່ເລີ່ມເມື່ອມີຄົນຮັບໂທລະສັບ"', reactions: { like: ['keo', 'nok'] } },
          { by: 'sokha', at: '2015-12-16 03:00', body: 'ភាសាខ្មែរ៖ «កិច្ចសហប្រតិបត្តិការមិនចាប់ផ្តើមពីហត្ថលេខាទេ គឺចាប់ផ្តើមនៅពេលមានគេលើកទូរស័ព្ទ»', reactions: { like: ['dara', 'nok'] } },
          { by: 'aye', at: '2015-12-16 04:44', body: 'မြန်မာလို "ပူးပေါင်းဆောင်ရွက်မှုဆိုတာ လက်မှတ်ထိုးတာက စတာမဟုတ်ဘူး၊ ဖုန်းကိုင်တဲ့သူ ရှိတဲ့အချိန်က စတာပါ"', reactions: { like: ['zaw', 'nok', 'linh'] } },
        ] },
      ],
    },
    {
      by: 'forum-keeper',
      at: '2015-12-17 01:10',
      body: 'In English, for completeness: *cooperation does not begin with a signature, it begins when somebody picks up the phone.*',
      reactions: { thanks: ['minh', 'keo'], like: ['observer'] },
    },
  ],
};
