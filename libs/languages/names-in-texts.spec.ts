import { describe, expect, it } from '@jest/globals';
import { toldByLetters, toldLanguage } from './index.ts';

/** Sentences with names of another language in them, by the language that each is in. */
const SENTENCES: Readonly<Record<'de' | 'en' | 'fr' | 'vi', readonly string[]>> = {
  de: [
    'Gestern sprachen Nguyễn Văn Đức und Trần Thị Hương im Rathaus über den neuen Radweg.',
    'Ich danke Phạm Thị Hồng für ihre Antwort, sie hat mir sehr geholfen.',
    'Laut Đặng Hữu Phước war die Straße zwischen Huế und Đà Nẵng gestern gesperrt.',
    'Wir trafen Lê Đức Thọ und Võ Nguyên Giáp natürlich nie, aber ihre Bücher lasen wir.',
    'In Hội An wohnten wir bei Bùi Thị Mỹ, gleich neben dem alten Markt.',
    'Der Dichter Nguyễn Du schrieb das bekannteste Werk der vietnamesischen Literatur.',
    'Meine Kollegin Đỗ Thị Lệ kommt aus Cần Thơ und spricht vier Sprachen.',
    'Das Gericht heißt phở bò und kostet dort weniger als ein Kaffee bei uns.',
    'Die Regisseure Somchai Wongsawat und Apichatpong Weerasethakul waren beide da.',
    'Ein Foto von สมชาย hängt noch heute in der Küche meiner Großmutter in Leipzig.',
    'Dvořák und Janáček wurden an diesem Abend von jungen Leuten aus Brünn gespielt.',
    'Jiří Novák und Božena Němcová stehen beide im Register, aber ohne Jahreszahl.',
    'Frau Řezníčková hat recht: Das hätte die Stadt schon vor Jahren bauen müssen.',
    'Nguyễn, Trần und Lê sind dort so häufig wie bei uns Müller, Schmidt und Meier.',
    'Für mich ist Trịnh Công Sơn der größte Liedermacher, den es dort je gab.',
  ],
  en: [
    'I talked with Nguyễn Văn Đức and Trần Thị Hương about it yesterday afternoon.',
    'Thanks to Phạm Thị Hồng for the answer, which helped me a lot with my own blog.',
    'According to Đặng Hữu Phước, the road from Huế to Đà Nẵng was closed last night.',
    'We stayed in Hội An with Bùi Thị Mỹ, right next to the old market.',
    'The poet Nguyễn Du wrote what is still the best known work of the country.',
    'My colleague Đỗ Thị Lệ comes from Cần Thơ and speaks four languages.',
    'A bowl of phở bò costs less there than a cup of coffee does where I live.',
    'The street Nguyễn Đình Chiểu is where most of the small restaurants are.',
    'Somchai Wongsawat and Yingluck Shinawatra are both mentioned in the second part.',
    'The sign says สมชาย and nobody could tell me for whom it had been put up there.',
    'Dvořák and Janáček were played that evening by young people from Brno.',
    'Jiří Novák and Božena Němcová are both listed, but without a year.',
    'Mrs Řezníčková is right that the town should have built this years ago.',
    'For me Trịnh Công Sơn is the greatest songwriter that they have ever had.',
    'Võ Thị Sáu and Lê Hồng Phong are names of streets in nearly every town.',
  ],
  fr: [
    'Hier, Nguyễn Văn Đức et Trần Thị Hương ont parlé de la nouvelle piste cyclable à la mairie.',
    "Merci à Phạm Thị Hồng pour sa réponse, elle m'a beaucoup aidé.",
    'Selon Đặng Hữu Phước, la route entre Huế et Đà Nẵng était fermée cette nuit.',
    'À Hội An nous avons dormi chez Bùi Thị Mỹ, juste à côté du vieux marché.',
    "Le poète Nguyễn Du a écrit l'œuvre la plus connue de la littérature du pays.",
    'Ma collègue Đỗ Thị Lệ vient de Cần Thơ et parle quatre langues.',
    "Un bol de phở bò y coûte moins cher qu'un café chez nous.",
    'Somchai Wongsawat et Yingluck Shinawatra sont tous les deux dans le second article.',
    'Le panneau dit สมชาย et personne ne savait pour qui on avait mis cela ici.',
    'Dvořák et Janáček ont été joués ce soir-là par des jeunes de Brno.',
    "Jiří Novák et Božena Němcová sont dans la liste, mais sans l'année.",
    'Madame Řezníčková a raison : la ville aurait dû le construire il y a des années.',
    'Pour moi Trịnh Công Sơn est le plus grand auteur de chansons du pays.',
    'Võ Thị Sáu et Lê Hồng Phong sont des noms de rue dans presque chaque ville.',
    "Les livres de Dương Thu Hương étaient interdits là où elle vivait, c'est connu.",
  ],
  vi: [
    'Theo John Smith và Mary Johnson thì bài này viết chưa đúng lắm.',
    'Cảm ơn Christopher Anderson đã trả lời, mình hiểu rồi nhé.',
    'Hôm qua mình gặp William Shakespeare phiên bản sinh viên ở nhà hát Royal Opera House.',
    'Elizabeth Warren và Bernie Sanders nói gì về việc này vậy mọi người?',
    'Mình dùng Microsoft Windows và Google Chrome, trang này vẫn chạy bình thường.',
    'Cuốn Harry Potter and the Philosopher’s Stone bản dịch tiếng Việt rất hay.',
    'Bài hát Bohemian Rhapsody của Freddie Mercury nghe mãi không chán.',
    'Thomas Müller và Manuel Neuer chơi trận này không tốt như mọi khi.',
    'Ở London mình ở gần Buckingham Palace, đi bộ mười phút là tới.',
    'Anh George Washington này không phải là tổng thống Mỹ đâu các bạn.',
    'Facebook, Instagram và YouTube đều bị lỗi từ sáng đến giờ.',
    'Mình đồng ý với David Attenborough, nhưng cần thêm số liệu.',
    'Steve Jobs từng nói một câu giống như vậy ở Stanford University.',
    'Phim The Lord of the Rings thì nên xem bản đầy đủ.',
    'Tác giả Ernest Hemingway viết ngắn mà ai cũng hiểu.',
  ],
};

/** Words of another language that are no names. */
const WITH_WORDS: Readonly<Record<'de' | 'en' | 'fr' | 'vi', readonly string[]>> = {
  de: [
    'Ich liebe phở und bún chả in Hanoi, und das schon seit vielen Jahren.',
    'Der áo dài und der nón lá gehören zusammen, sagt sie.',
    'Was kostet bei euch eigentlich ein bánh mì mit allem, was dazugehört?',
  ],
  en: [
    'I love phở and bún chả in Hanoi, and I have for many years now.',
    'The áo dài goes with the nón lá, she says.',
    'Learn to say cảm ơn and xin lỗi first, and all the rest comes by itself.',
  ],
  fr: [
    "J'adore le phở et le bún chả que l'on mange à Hanoï depuis toujours.",
    'Combien coûte un bánh mì chez vous, avec tout ce qui va avec ?',
    'On dit cảm ơn pour merci et xin lỗi pour pardon.',
  ],
  vi: [
    'em dùng laptop Dell cài Windows 11 bị lỗi driver',
    'BÀI NÀY HAY QUÁ MỌI NGƯỜI ƠI',
    'bài viết hay, like mạnh cho ad nha',
  ],
};

const SITE = ['en', 'vi', 'th', 'km', 'lo', 'my', 'zh', 'de', 'fr'] as const;

describe('a text with names and words of another language', () => {
  it.each(['de', 'en', 'fr', 'vi'] as const)('in %s is told to be in its own', (language) => {
    const texts = [...SENTENCES[language], ...WITH_WORDS[language]];
    expect(texts.filter((text) => toldLanguage(text, SITE) !== language)).toEqual([]);
  });

  it('is never told to be Vietnamese by its letters alone, unless it is', () => {
    const others = (['de', 'en', 'fr'] as const).flatMap((each) => [...SENTENCES[each], ...WITH_WORDS[each]]);
    expect(others.filter((text) => toldByLetters(text) !== null)).toEqual([]);
  });

  it('has no language where two are as much of it', () => {
    expect(toldLanguage('mình deploy lên server bị lỗi timeout config nginx', SITE)).toBeNull();
  });
});
