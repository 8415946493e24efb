import type { DemoPost } from '../content-types.ts';

export const IDENTIFICATION: DemoPost = {
  slug: 'nhan-dien-nan-nhan',
  title: 'Nhận diện nạn nhân: bắt đầu bằng việc lắng nghe',
  kind: 'article',
  locale: 'vi',
  by: 'mekong-desk',
  at: '2015-04-28 02:30',
  tags: ['victim identification', 'protection'],
  excerpt:
    'Nhiều nạn nhân không tự gọi mình là nạn nhân. Bài viết này nói về những câu hỏi đầu tiên, về thời gian, và về sự tôn trọng.',
  body: `Nhiều người từng bị mua bán không tự gọi mình là nạn nhân. Họ nói về món nợ, về công việc không được trả lương, về nỗi lo cho gia đình. Vì vậy, nhận diện không bắt đầu bằng một mẫu đơn mà bắt đầu bằng **việc lắng nghe**.

## Cuộc trò chuyện đầu tiên

- Một nơi yên tĩnh, một người phiên dịch mà người đó chấp nhận.
- Nói rõ bạn là ai và cuộc trò chuyện này để làm gì.
- Nước uống, thời gian nghỉ, quyền được dừng lại.

## Những dấu hiệu cần chú ý

1. Giấy tờ tùy thân do người khác giữ.
2. Không biết địa chỉ nơi mình đã sống hoặc làm việc.
3. Một món nợ ngày càng lớn.
4. Luôn có người khác trả lời thay.

Không dấu hiệu nào tự nó là bằng chứng. Nhưng vài dấu hiệu cùng lúc là lý do để hỏi thêm và để **không** đưa người đó trở về ngay.

> Nếu chưa chắc chắn, hãy đối xử với người đó như với một nạn nhân cho đến khi biết rõ hơn.

## Cán bộ tuyến đầu

Công an, biên phòng, cán bộ lao động, nhân viên y tế và giáo viên thường gặp họ trước tiên. Một bộ câu hỏi chung giữa các nước sẽ giúp những gì được ghi ở bên này biên giới có thể dùng được ở bên kia.`,
  comments: [
    {
      by: 'minh',
      at: '2015-04-28 04:12',
      body: 'Bài viết rất thực tế. Theo kinh nghiệm của tôi, câu hỏi "Ai giữ giấy tờ của anh chị?" thường mở ra cả câu chuyện.',
      reactions: { agree: ['linh'], insightful: ['mekong-desk', 'meihua'] },
      answers: [
        {
          by: 'linh',
          at: '2015-04-28 06:55',
          body: 'Đúng vậy. Và nên hỏi bằng giọng bình thường, không phải như đang lập biên bản.',
          reactions: { like: ['minh'] },
        },
      ],
    },
    {
      by: 'meihua',
      at: '2015-04-29 01:40',
      body: '用翻译软件读完了。"始终有别人代为回答"这一点，我们在口岸也常遇到。\n\n(I read it with a translation tool. "Somebody else always answers" is what we see at the checkpoint, too.)',
      reactions: { like: ['linh', 'minh'] },
      answers: [
        {
          by: 'minh',
          at: '2015-04-29 03:02',
          body: '谢谢！Would you be willing to compare question lists? Ours has twelve questions, and four of them are about debt.',
          answers: [
            { by: 'meihua', at: '2015-04-29 07:20', body: 'Gladly. 我们的有九个问题。We have nine, and only one about debt. That may be a gap.', reactions: { like: ['minh', 'mekong-desk'] } },
          ],
        },
      ],
    },
    {
      by: 'sokha',
      at: '2015-05-02 03:30',
      body: 'For readers without Vietnamese: the post lists signs that a person may be a victim (papers held by others, an address unknown, a growing debt, somebody else who always answers) and says that when in doubt one should treat the person as a victim until more is known.',
      reactions: { thanks: ['nok', 'aye', 'keo', 'bounmy'] },
    },
  ],
};
