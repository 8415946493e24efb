import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { LOCALE_CODES } from '../../../libs/words/index.ts';
import { foldText } from './folded-text.ts';
import { isUnspaced } from './scripts.ts';
import { wordFinder } from './word-list.ts';

const find = (word: string, text: string) => wordFinder(['zzz', word])(foldText(text.normalize('NFC')))?.part ?? null;

describe('however a word is written, it is found', () => {
  test.each([
    ['fullwidth letters', 'viagra', 'ＶＩＡＧＲＡ now', 'ＶＩＡＧＲＡ'],
    ['mathematical letters', 'viagra', '𝓿𝓲𝓪𝓰𝓻𝓪 now', '𝓿𝓲𝓪𝓰𝓻𝓪'],
    ['circled letters', 'viagra', 'ⓥⓘⓐⓖⓡⓐ now', 'ⓥⓘⓐⓖⓡⓐ'],
    ['Cyrillic lookalikes', 'porno', 'роrnо here', 'роrnо'],
    ['Greek lookalikes', 'viagra', 'νιagra', 'νιagra'],
    ['a zero-width joiner', 'viagra', 'vi\u200dagra', 'vi\u200dagra'],
    ['a word joiner and a soft hyphen', 'viagra', 'via\u2060g\u00adra', 'via\u2060g\u00adra'],
    [
      'combining marks',
      'viagra',
      'v\u0336i\u0336a\u0336g\u0336r\u0336a\u0336',
      'v\u0336i\u0336a\u0336g\u0336r\u0336a\u0336',
    ],
    ['leetspeak', 'viagra', 'V14GR4!', 'V14GR4'],
    ['leetspeak with signs', 'pussy', 'pu$$y', 'pu$$y'],
    ['both readings of 1', 'kill', 'k1ll them, ki11 them', 'k1ll'],
    ['spaced letters', 'viagra', 'v i a g r a', 'v i a g r a'],
    ['spaced leetspeak', 'viagra', 'v 1 a g r 4', 'v 1 a g r 4'],
    ['dotted letters', 'viagra', 'v.i.a.g.r.a', 'v.i.a.g.r.a'],
    ['underscores', 'viagra', 'v_i_a_g_r_a', 'v_i_a_g_r_a'],
    ['letters drawn out', 'viagra', 'viaaaagraaa', 'viaaaagraaa'],
    ['Greek capitals', 'nude', 'ΝUDΕ', 'ΝUDΕ'],
    ['Cyrillic capitals', 'home', 'НОМЕ', 'НОМЕ'],
    ['Cherokee letters', 'viagra', 'ᏙᎥᎪᏀᎡᎪ or vᎥᎪgrᎪ', 'ᏙᎥᎪᏀᎡᎪ'],
    ['Lisu letters', 'porno', 'ꓑꓳꓣꓠꓳ', 'ꓑꓳꓣꓠꓳ'],
    ['Armenian letters', 'sous', 'ѕօսѕ', 'ѕօսѕ'],
    ['small capitals', 'viagra', 'ᴠɪᴀɢʀᴀ', 'ᴠɪᴀɢʀᴀ'],
    ['Gothic and Lycian letters', 'viagra', 'vi𐊠gr𐊠', 'vi𐊠gr𐊠'],
    ['letters in black squares', 'viagra', '🆅🅸🅰🅶🆁🅰', '🆅🅸🅰🅶🆁🅰'],
    ['letters of flags', 'viagra', 'so 🇻🇮🇦🇬🇷🇦', '🇻🇮🇦🇬🇷🇦'],
    ['a word beside a flag', 'casino', 'casino🇻🇳', 'casino'],
    ['strokes', 'holiday', 'ħøłɨđay', 'ħøłɨđay'],
    ['the zero of Lao', 'porno', 'p໐rno', 'p໐rno'],
    ['a letter of Burmese', 'porno', 'pဝrnဝ', 'pဝrnဝ'],
    ['the mouth of Chinese', 'porno', 'p口rn口', 'p口rn口'],
    ['plus signs', 'viagra', 'v+i+a+g+r+a', 'v+i+a+g+r+a'],
    ['plus signs in pieces', 'viagra', 'buy via+gra!', 'via+gra'],
    ['bars and stars', 'viagra', 'v|i*a|g*r|a', 'v|i*a|g*r|a'],
    ['slashes', 'viagra', 'v/i/a/g/r/a', 'v/i/a/g/r/a'],
    ['commas', 'viagra', 'v, i, a, g, r, a', 'v, i, a, g, r, a'],
    ['signs of e-mail', 'viagra', 'v@i@a@g@r@a', 'v@i@a@g@r@a'],
    ['brackets', 'viagra', '(v)(i)(a)(g)(r)(a)', 'v)(i)(a)(g)(r)(a'],
    ['a letter in brackets', 'viagra', 'vi(a)gra', 'vi(a)gra'],
    ['pictures', 'viagra', 'v❤️i❤️a❤️g❤️r❤️a', 'v❤️i❤️a❤️g❤️r❤️a'],
    ['the blank of Braille', 'viagra', 'v⠀i⠀a⠀g⠀r⠀a', 'v⠀i⠀a⠀g⠀r⠀a'],
    ['the blank of Braille in pieces', 'viagra', 'via⠀⠀gra', 'via⠀⠀gra'],
    ['the blank of Braille as a space', 'viagra', 'buy⠀viagra⠀now', 'viagra'],
    ['object replacement characters', 'viagra', 'via\ufffcgra', 'via\ufffcgra'],
    ['signs of annotation', 'viagra', 'vi\ufff9ag\ufffbra', 'vi\ufff9ag\ufffbra'],
    ['letters that are like marks', 'viagra', 'vˑiˑaˑgˑrˑa', 'vˑiˑaˑgˑrˑa'],
    ['a Latin word amid Thai', 'casino', 'เล่นcasinoที่นี่', 'casino'],
    ['a Latin word amid Chinese', 'casino', '买casino吗', 'casino'],
    ['a Latin word in disguise amid Chinese', 'casino', '买c4s1n0吗', 'c4s1n0'],
    ['Thai with blanks put in', 'ยาบ้า', 'ขายยา⠀บ้าถูก', 'ยา⠀บ้า'],
    ['Chinese with a plus sign put in', '毒品', '出售毒+品', '毒+品'],
    ['Khmer with object replacements put in', 'ល្បែង', 'លេងល្បែ\ufffcង', 'ល្បែ\ufffcង'],
    ['Turkish capital İ', 'casino', 'CASİNO', 'CASİNO'],
    ['Turkish dotless ı', 'casino', 'casıno', 'casıno'],
    ['German ß as ss', 'scheiße', 'SCHEISSE', 'SCHEISSE'],
    ['German ss as ß', 'scheisse', 'Scheiße', 'Scheiße'],
    ['German capital ẞ', 'scheiße', 'SCHEIẞE', 'SCHEIẞE'],
    ['Vietnamese decomposed', 'cờ bạc', 'cờ bạc online'.normalize('NFD'), 'cờ bạc'],
    ['Vietnamese in capitals', 'lừa đảo', 'LỪA ĐẢO', 'LỪA ĐẢO'],
    ['Vietnamese without marks', 'lừa đảo', 'bon LUA DAO do', 'LUA DAO'],
    ['Thai amid a sentence', 'ยาบ้า', 'ขายยาบ้าราคาถูก', 'ยาบ้า'],
    ['Thai with spaces put in', 'ยาบ้า', 'ขาย ย า บ้ า ถูก', 'ย า บ้ า'],
    ['Thai with a zero-width space', 'ยาบ้า', 'ยา\u200bบ้า', 'ยา\u200bบ้า'],
    ['Thai sara am taken apart', 'น้ำมัน', 'ขายน้ํามันเถื่อน', 'น้ํามัน'],
    ['Khmer amid a sentence', 'ល្បែង', 'គេលេងល្បែងរាល់ថ្ងៃ', 'ល្បែង'],
    ['Lao amid a sentence', 'ຢາບ້າ', 'ຂາຍຢາບ້າລາຄາຖືກ', 'ຢາບ້າ'],
    ['Burmese amid a sentence', 'လောင်းကစား', 'သူသည်လောင်းကစားသမား', 'လောင်းကစား'],
    ['Chinese without spaces', '毒品', '出售毒品联系', '毒品'],
    ['Chinese with signs put in', '毒品', '出售毒*品', '毒*品'],
    ['a bold letter under Vietnamese marks', 'lồn', 'l\u{1d5fc}\u0302\u0300n', 'l\u{1d5fc}\u0302\u0300n'],
    ['a bold syllable with Vietnamese marks', 'lồn', '𝗹𝗼\u0302\u0300𝗻 to', '𝗹𝗼\u0302\u0300𝗻'],
    ['a Cyrillic letter under Vietnamese marks', 'lồn', 'lо\u0302\u0300n', 'lо\u0302\u0300n'],
    ['a Cyrillic letter with a mark of its own', 'cặc', 'c\u0430\u0323\u0306c', 'c\u0430\u0323\u0306c'],
    ['a stroke put through a letter', 'đụ', 'd\u0335ụ', 'd\u0335ụ'],
    ['a syllable struck out', 'ngu', 'n\u0336g\u0336u\u0336', 'n\u0336g\u0336u\u0336'],
    ['a Vietnamese phrase as one word', 'địt mẹ', 'ôi địtmẹ nó', 'địtmẹ'],
    ['a Vietnamese phrase with a word in letters', 'địt mẹ', 'ôi đ.ị.t mẹ nó', 'đ.ị.t mẹ'],
    ['a Vietnamese phrase in letters', 'địt mẹ', 'ôi đ ị t m ẹ nó', 'đ ị t m ẹ'],
    ['Thai with a sign of a vowel twice', 'หี', 'อีหีีหีี', 'หี'],
    ['Thai before digits', 'ควย', 'ควย555', 'ควย'],
    ['Thai in a word that no dictionary has', 'หี', 'อีหี', 'หี'],
    ['Thai beside a blank', 'หี', 'ดี หี บาง', 'หี'],
    ['Khmer between words', 'ស្វា', 'អាស្វានេះ', 'ស្វា'],
    ['Chinese between words', '操你妈', '我操你妈的', '操你妈'],
    ['Chinese split before what goes on with it', '傻逼', '你 傻 逼 真 的', '傻 逼'],
    ['Chinese in fullwidth and Latin', '加v信', '请加Ｖ信', '加Ｖ信'],
  ])('%s', (_, word, text, part) => {
    expect(find(word, text)).toBe(part.normalize('NFC'));
  });
});

describe('what only looks like it is left alone', () => {
  test.each([
    ['Scunthorpe', 'cunt', 'I live in Scunthorpe'],
    ['Penistone', 'penis', 'Penistone station'],
    ['class', 'ass', 'assassins, a class, glasses'],
    ['a therapist', 'rapist', 'my therapist said'],
    ['a compound', 'tit', 'titles and competition'],
    ['Vietnamese without marks', 'đảo', 'dao kéo'],
    ['Vietnamese with other marks', 'cờ', 'cơ và cỡ'],
    ['a Vietnamese phrase with other marks', 'lừa đảo', 'lúa đào, lứa dao'],
    ['words after each other', 'sexy', 'Essex, yes'],
    ['initials', 'fbi', 'F. Bauer, I think'],
    ['numbers in a row', 'ass', 'versions 4.5.5, 4, 5, 5 and 4/5/5'],
    ['addresses', 'anus', 'write to an@us.example'],
    ['a sentence without a space', 'penis', 'take the pen,is it red? the pen—is it red? pen: is'],
    ['words that end where others begin', 'tit', 'not it, et it, cat/item'],
    ['Thai and Latin words beside each other', 'ass', 'คลาสclassห้อง'],
    ['a flag', 'vn', 'the 🇻🇳 flag'],
    ['Lao zeros', 'o', '໐໐໐'],
    ['numbers', 'sos', '505 people'],
    ['prices', 'as', 'costs 45$'],
    ['Thai that would cut a cluster', 'กา', 'กาํลัง'],
    ['Khmer that would cut a coeng', 'ស', 'ប្រុស្រ'],
    ['Burmese that would cut a vowel sign', 'က', 'ကို'],
    ['Thai that begins a longer word', 'หี', 'ดีหีบสมบัติ หีบเพลง หีบห่อของขวัญ กระหีบ หีีบ'],
    ['Khmer that begins a longer word', 'ស្វា', 'ស្វាយទុំផ្អែម ផ្លែស្វាយ'],
    ['Chinese that ends a word before', '操你妈', '体操你妈妈教的'],
    ['Chinese that ends a word before a new line', '操你妈', '体操\n你妈妈教的'],
    ['Chinese that begins a word behind', '傻逼', '太傻逼近真相'],
    ['Chinese between two words', '法轮', '方法轮流用'],
    ['Chinese of two other words', '毒品', '有毒品质好'],
    ['letters of a longer Vietnamese syllable', 'ngu', 'n g u ồ n và n.g.u.y.ê.n'],
    ['an Italian word', 'casino', 'Casinò di Sanremo'],
    ['a Spanish word', 'ano', 'Feliz año nuevo'],
    ['a phrase that is another word when joined', 'the rapist', 'my therapist, t h e r a p i s t'],
    ['Chinese over a full stop', '毒品', '有毒。品质好'],
  ])('%s', (_, word, text) => {
    expect(find(word, text)).toBeNull();
  });
});

/** Short words that are easily found where they are not, in lists of the seven languages. */
const WORDS =
  'ass anus cum dit penis porn sex tit viagra casino kill die cock rape nude spam drug bet win ' +
  'lồn đít cặc địt đảo cờ bạc ma_túy cá_độ ยาบ้า พนัน หี ควย ຢາບ້າ ການພະນັນ ល្បែង ថ្នាំញៀន လောင်းကစား မူးယစ်ဆေး 毒品 赌博 色情 裸聊';

/** The texts of pages and letters in all languages, each without its places for values. */
function spokenTexts(): readonly string[] {
  const folders = [
    'src/web/shell/messages',
    'src/reactors/mail/messages',
    'src/acts/own-data/messages',
    'src/acts/issue-drafting/messages',
  ];
  return folders.flatMap((folder) =>
    LOCALE_CODES.flatMap((locale) =>
      Array.from(readFileSync(`${folder}/${locale}.json`, 'utf8').matchAll(/": "((?:[^"\\\\]|\\\\.)*)"/g), ([, text]) =>
        (text ?? '').normalize('NFC'),
      ),
    ),
  );
}

function isWritten(word: string, text: string): boolean {
  const lower = text.toLowerCase();
  return isUnspaced(word)
    ? lower.includes(word)
    : new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, 'u').test(lower);
}

test('what the forum says in its seven languages holds a word only where it is written', () => {
  const texts = spokenTexts();
  expect(texts.length).toBeGreaterThan(7 * 500);
  const words = WORDS.split(' ').map((word) => word.replace('_', ' ').normalize('NFC'));
  const finders = words.map((word) => ({ word, finder: wordFinder([word]) }));
  const found = texts.flatMap((text) => {
    const folded = foldText(text);
    return finders
      .filter(({ word, finder }) => !isWritten(word, text) && finder(folded))
      .map(({ word }) => [word, text]);
  });
  expect(found).toEqual([]);
});
