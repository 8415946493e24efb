import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { francAll } from 'franc-min';
import { nearestLatin } from './nearest-latin.ts';

const ALL = ['eng', 'vie', 'fra', 'deu', 'spa', 'por', 'ita', 'nld', 'ind', 'zlm', 'tgl'];
const TEXTS = [
  'Hello Calum! This is such a very interesting post. Thank you for sharing.',
  "Pas forcément du même avis pour le troisième, mais intéressant quoi qu'il en soit !",
  'Die Züge fahren seit gestern wieder, aber niemand weiß, wie lange noch.',
  'No sé si mañana podrá venir, pero la próxima semana sí que estará.',
  'Eu não sabia que as coisas tinham mudado tanto desde então, sério.',
  'Perché non ci vediamo domani? Così ne parliamo con più calma.',
  'Ik weet niet of dat zo is, maar het lijkt me wel waarschijnlijk.',
  'Saya tidak tahu apakah itu benar, tetapi sepertinya begitulah adanya.',
  'Tôi đồng ý, nhưng cần thêm thời gian để đọc hết bài viết này.',
  'Hindi ko alam kung totoo iyan, pero mukhang ganoon nga.',
  'In Thai we say ขอบคุณ, and it is meant so by everybody who has ever been there.',
  'aaaa aaaa aaaa bbbb ÅÅÅÅ ØØØØ 12 (34) 56 !!! zzz qqq xxx',
];

test.each([[ALL], [['eng', 'fra', 'deu', 'spa', 'por', 'nld', 'ind', 'vie']], [['eng']]])(
  'a text is as near to languages as the library tells (%j)',
  (only) => {
    const texts = [...TEXTS, TEXTS.join('\n'), TEXTS.join(' ').repeat(4)];
    for (const text of texts) expect(nearestLatin(text, only)).toEqual(francAll(text, { only: [...only] }));
  },
);

test('of any words in Latin letters', () => {
  const word = fc.stringMatching(/^[a-zà-ÿ]{1,9}$/);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 4, maxLength: 60 }),
      fc.constantFrom(' ', ', ', '\n', ' 7 '),
      (words, by) => {
        const text = words.join(by);
        fc.pre(text.length >= 24);
        expect(nearestLatin(text, ALL)).toEqual(francAll(text, { only: ALL }));
      },
    ),
    { numRuns: 200 },
  );
});
