import { describe, expect, test } from '@jest/globals';
import { foldText } from './folded-text.ts';
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
    ['numbers', 'sos', '505 people'],
    ['prices', 'as', 'costs 45$'],
    ['Thai that would cut a cluster', 'กา', 'กาํลัง'],
    ['Khmer that would cut a coeng', 'ស', 'ប្រុស្រ'],
    ['Burmese that would cut a vowel sign', 'က', 'ကို'],
    ['Chinese over a full stop', '毒品', '有毒。品质好'],
  ])('%s', (_, word, text) => {
    expect(find(word, text)).toBeNull();
  });
});
