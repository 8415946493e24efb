import type { DemoPost } from '../content-types.ts';

export const SDGS: DemoPost = {
  slug: 'three-targets',
  title: 'Three targets to read side by side',
  kind: 'article',
  locale: 'en',
  by: 'mekong-desk',
  at: '2015-10-19 03:00',
  tags: ['SDGs', 'policy'],
  excerpt:
    'The Sustainable Development Goals, adopted in September 2015, speak of trafficking under gender equality, decent work and peaceful societies. Why the three belong together.',
  body: `In September 2015 the General Assembly of the United Nations adopted the *2030 Agenda for Sustainable Development* with its seventeen goals. Trafficking in persons is named under three of them:

- **Target 5.2**, under gender equality: eliminate all forms of violence against all women and girls, *including trafficking* and sexual and other types of exploitation;
- **Target 8.7**, under decent work: take immediate and effective measures to eradicate forced labour, end modern slavery and *human trafficking*, and end child labour in all its forms;
- **Target 16.2**, under peaceful societies: end abuse, exploitation, *trafficking* and all forms of violence against and torture of children.

## Three doors to one house

Three ministries will read one target each: women's affairs, labour, justice. Yet it is one person who walks through all three doors. A national task force is the place where the three can be read side by side.

## What can be counted

Indicators are still being discussed. Our wish: count what institutions did, not only how many victims were found. More identified victims may mean more crime, or better eyes. The number alone does not tell.`,
  comments: [
    {
      by: 'meihua',
      at: '2015-10-19 05:21',
      body: '最后一段说得很好：识别出的受害人增加，可能是犯罪增加，也可能是识别能力提高。数字本身说明不了问题。',
      reactions: { agree: ['jianguo', 'linh'], insightful: ['mekong-desk'] },
      answers: [
        {
          by: 'jianguo',
          at: '2015-10-19 06:37',
          body: 'One could publish two numbers together: how many were identified, and how many officials were trained to identify. Still crude, but less misleading.',
          reactions: { agree: ['meihua', 'minh'] },
          answers: [
            { by: 'minh', at: '2015-10-20 02:12', body: 'And the third: how long they waited. Time is the most honest indicator that I know.', reactions: { agree: ['linh', 'keo', 'nok', 'jianguo'], insightful: ['aye', 'mekong-desk'] } },
          ],
        },
      ],
    },
    {
      by: 'nok',
      at: '2015-10-21 03:45',
      body: 'Could the desk link the original texts? Colleagues here quote them from slides of slides.',
      answers: [
        {
          by: 'mekong-desk',
          at: '2015-10-21 05:00',
          body: 'The resolution is called *Transforming our world: the 2030 Agenda for Sustainable Development*, document A/RES/70/1; it is on the pages of the United Nations: <https://sustainabledevelopment.un.org>',
          reactions: { thanks: ['nok', 'wichai'] },
        },
      ],
    },
  ],
};
