import type { DemoPost } from '../content-types.ts';

export const WORLD_DAY: DemoPost = {
  slug: 'thirtieth-of-july',
  title: 'The thirtieth of July',
  kind: 'article',
  locale: 'en',
  by: 'mekong-desk',
  at: '2015-07-30 01:00',
  tags: ['world day', 'cooperation'],
  excerpt:
    'Since 2014 the 30th of July is the World Day against Trafficking in Persons. One day changes little; what happens on the thirty-first matters more.',
  body: `In 2013 the General Assembly of the United Nations designated the 30th of July as the **World Day against Trafficking in Persons**. It has been observed since 2014.

One day changes little. It helps to say a few things aloud:

- A person who was trafficked is a *witness* and a *bearer of rights*, not a piece of evidence.
- Returning home is not the end of a case. It is the beginning of the longest part of it.
- Men and boys are trafficked too, on boats, on farms and on building sites, and are recognised less often.

What matters is the thirty-first of July, and every day after it.

---

*Ngày 30 tháng 7 là Ngày Thế giới phòng, chống mua bán người.*

*วันที่ 30 กรกฎาคม เป็นวันต่อต้านการค้ามนุษย์โลก*

*ថ្ងៃទី៣០ ខែកក្កដា គឺជាទិវាពិភពលោកប្រឆាំងការជួញដូរមនុស្ស។*

*ວັນທີ 30 ກໍລະກົດ ແມ່ນວັນຕ້ານການຄ້າມະນຸດໂລກ.*

*ဇူလိုင်လ ၃၀ ရက်သည် ကမ္ဘာ့လူကုန်ကူးမှု တိုက်ဖျက်ရေးနေ့ ဖြစ်သည်။*

*7月30日是世界打击贩运人口行为日。*`,
  comments: [
    { by: 'linh', at: '2015-07-30 02:10', body: 'Cảm ơn vì đã viết bằng cả sáu thứ tiếng.', reactions: { like: ['minh', 'meihua', 'aye', 'keo', 'sokha', 'nok'] } },
    { by: 'nok', at: '2015-07-30 02:31', body: 'ขอบคุณค่ะ', reactions: { like: ['wichai'] } },
    { by: 'dara', at: '2015-07-30 02:58', body: 'អរគុណច្រើន!', reactions: { like: ['sokha'] } },
    {
      by: 'aye',
      at: '2015-07-30 05:15',
      body: 'The sentence about men and boys should be printed on every poster. In our training we had not one picture of a man.',
      reactions: { agree: ['zaw', 'nok', 'linh', 'meihua'], insightful: ['mekong-desk'] },
      answers: [
        {
          by: 'zaw',
          at: '2015-07-30 09:40',
          body: 'ငါးဖမ်းလှေပေါ်က အလုပ်သမားတွေအကြောင်း ပိုရေးစေချင်ပါတယ်။ Please write more about workers on fishing boats.',
          reactions: { agree: ['aye', 'wichai'] },
        },
      ],
    },
  ],
};
