import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { LOCALE_CODES } from './locales.ts';
import { type Message, type Messages, translator } from './translate.ts';

const read = (locale: string): Messages =>
  JSON.parse(readFileSync(new URL(`../messages/${locale}.json`, import.meta.url), 'utf8'));

const textsOf = (message: Message): readonly string[] =>
  typeof message === 'string' ? [message] : Object.values(message);

function placeholdersOf(message: Message): readonly string[] {
  const all = textsOf(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []);
  return [...new Set(all)].sort();
}

const english = read('en');

/** Second words for a moderator, and in Burmese for removing, that would be taken for another thing than the first. */
const SECOND_WORDS: Readonly<Record<string, RegExp>> = {
  lo: /ຜູ້ກວດກາ/,
  my: /စိစစ်သူ|(?<!ဖိုရမ်)ထိန်းသိမ်းသူ|ဖြုတ်ချ/,
  th: /ผู้กลั่นกรอง/,
  vi: /người kiểm duyệt|kiểm duyệt viên/i,
  zh: /审核员/,
};

describe.each(LOCALE_CODES)('the messages in %s', (locale) => {
  const messages = read(locale);

  it('hold the same keys as the English ones, in the same order', () => {
    expect(Object.keys(messages)).toEqual(Object.keys(english));
  });

  it('hold the same placeholders', () => {
    const placeholders = (all: Messages) => Object.entries(all).map(([key, message]) => [key, placeholdersOf(message)]);
    expect(placeholders(messages)).toEqual(placeholders(english));
  });

  it('count with every plural category of the language, and no other', () => {
    const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.toSorted();
    const plurals = Object.entries(messages).filter(([, message]) => typeof message !== 'string');
    const counted = Object.entries(english).filter(([, message]) => typeof message !== 'string');
    expect(plurals.map(([key]) => key)).toEqual(counted.map(([key]) => key));
    for (const [key, message] of plurals) expect([key, Object.keys(message).toSorted()]).toEqual([key, categories]);
  });

  it('have no empty text, no exclamation mark, and no white space at the ends', () => {
    const texts = Object.values(messages).flatMap(textsOf);
    expect(texts.filter((text) => text.trim() !== text || text === '' || /[!！]/.test(text))).toEqual([]);
  });

  it('have one word for a moderator, in mails and kept data too', () => {
    const root = fileURLToPath(new URL('../../..', import.meta.url));
    const second = SECOND_WORDS[locale];
    const files = globSync(`**/messages/${locale}.json`, { cwd: root });
    const texts = files.flatMap((path) => readFileSync(`${root}/${path}`, 'utf8').split('\n'));
    expect(files.length).toBeGreaterThan(2);
    expect(texts.filter((text) => second?.test(text))).toEqual([]);
  });

  it('write numbers in the one kind of digits that pages have', () => {
    const texts = Object.values(messages).flatMap(textsOf);
    const isMixed = (text: string): boolean =>
      locale === 'my' ? /[၀-၉]/.test(text) && /(?<![\w#:.-])\d+(?![\w:-])/.test(text) : /(?!\d)\p{Nd}/u.test(text);
    expect(texts.filter(isMixed)).toEqual([]);
  });

  it('are written in the language’s own script', () => {
    const script = { en: 'Latin', vi: 'Latin', th: 'Thai', km: 'Khmer', lo: 'Lao', my: 'Myanmar', zh: 'Han' }[locale];
    const own = new RegExp(`\\p{Script=${script}}`, 'u');
    const isOwn = (text: string) => own.test(text) || !/\p{L}/u.test(text.replace(/\{\w+\}/g, ''));
    const foreign = Object.entries(messages).filter(([, message]) => !textsOf(message).every(isOwn));
    expect(foreign.map(([key]) => key)).toEqual([]);
  });
});

describe('the English messages', () => {
  it('are all used, by their key or by a template that makes it', () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const sources = globSync('**/*.{ts,tsx}', { cwd: root }).filter((path) => !path.includes('.spec.'));
    const source = sources.map((path) => readFileSync(`${root}/${path}`, 'utf8')).join('\n');
    const templates = [...source.matchAll(/`([a-z]+(?:\.[a-z]+)*\.?)\$\{\w+(?:\.\w+)*\}`/g)].map(
      ([, start]) => start ?? '',
    );

    const unused = Object.keys(english).filter(
      (key) => !source.includes(`'${key}'`) && !templates.some((start) => key.startsWith(start)),
    );

    expect(unused).toEqual([]);
  });
});

describe('a translator', () => {
  it('chooses the plural form and writes numbers in the language’s digits', () => {
    const thread = (locale: string, count: number) => translator(locale, read(locale)).t('thread.title', { count });
    expect([thread('en', 1), thread('en', 2), thread('en', 1234), thread('my', 25), thread('vi', 1)]).toEqual([
      '1 comment',
      '2 comments',
      '1,234 comments',
      'မှတ်ချက် ၂၅ ခု',
      '1 bình luận',
    ]);
  });

  it('leaves a placeholder without a value as it stands, and never reads one out of a value', () => {
    const { t } = translator('en', english);
    expect([t('live.writing'), t('live.heard', { name: '{text}', text: 'hello' })]).toEqual([
      '{name} is writing…',
      '{text} wrote: hello',
    ]);
  });
});
