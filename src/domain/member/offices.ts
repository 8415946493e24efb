/** Offices that a name must not claim, in the languages of the pages. */
export const OFFICE_WORDS: readonly string[] = [
  ...['admin', 'administrator', 'auditor', 'colloquy', 'moderator', 'moderators', 'policy', 'staff', 'support'],
  ...['system', 'webmaster'],
  ...['quản trị viên', 'ban quản trị', 'người điều hành', 'kiểm tra viên'],
  ...['ผู้ดูแล', 'ผู้ดูแลระบบ', 'ผู้ดูแลการสนทนา', 'ผู้ตรวจสอบ', 'แอดมิน'],
  ...['អ្នកគ្រប់គ្រង', 'អ្នកសម្របសម្រួល', 'សវនករ', 'អេដមីន'],
  ...['ຜູ້ດູແລ', 'ຜູ້ດູແລລະບົບ', 'ຜູ້ດູແລການສົນທະນາ', 'ຜູ້ກວດສອບ', 'ແອດມິນ'],
  ...['စီမံခန့်ခွဲသူ', 'ကြီးကြပ်သူ', 'စစ်ဆေးသူ', 'အက်ဒ်မင်'],
  ...['管理员', '管理員', '版主', '审计员', '審計員', '站长', '站長'],
];

/** Those that some write as one word with what stands beside them. */
export const JOINED_OFFICES: readonly string[] = ['admin', 'administrator', 'moderator', 'staff', 'support'];

/** What stands beside an office without making it another one. */
export const TEAM_WORDS: readonly string[] = [
  ...['team', 'official', 'desk', 'crew', 'account', 'site', 'forum', 'web', 'website', 'community'],
  ...['chief', 'head', 'senior', 'super'],
];

/** Words that are offices beside one of those alone. */
export const TEAMS_BESIDE: readonly string[] = ['forum', 'mod', 'security', 'help'];

/** How the forum itself is called, and those whose names it does not show: somebody erased, somebody without an account. */
export const OWN_WORDS: readonly string[] = [
  ...['forum', 'deleted', 'erased', 'guest', 'somebody who left'],
  ...['ฟอรัม', 'ผู้เยี่ยมชม', 'ผู้ที่ออกไปแล้ว', 'ถูกลบถาวร'],
  ...['ភ្ញៀវ', 'អ្នកដែលបានចាកចេញ', 'បានលុប'],
  ...['ແຂກ', 'ຜູ້ທີ່ອອກໄປແລ້ວ', 'ຖືກລຶບຖາວອນ'],
  ...['ဖိုရမ်', 'ဧည့်သည်', 'ထွက်ခွာသွားသူ', 'ဖျက်ပြီး'],
  ...['论坛', '論壇', '访客', '訪客', '已离开的人', '已清除'],
];

/** The same in Vietnamese, with exactly these marks: with others they are people's names, as Quân Trí is. */
export const MARKED_WORDS: readonly string[] = [
  ...['quản trị', 'quantri', 'diễn đàn', 'khách', 'một người đã rời đi', 'đã xóa', 'đã xoá'],
];
