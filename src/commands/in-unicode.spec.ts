import { expect, test } from '@jest/globals';
import { metaOf } from '../../test/support/given.ts';
import { RemoveTranslation, WriteTranslation } from '../domain/translation/translation.commands.ts';
import { translationInUnicode } from './in-unicode.ts';

const by = { memberId: 'm', roles: ['member'] } as const;
const said = { translationId: 't', of: { kind: 'post', postId: 'p' }, sourceRevision: 0, by, maxLength: 9 } as const;

test('a translation that is typed in Zawgyi is kept as Unicode, its title too; a right one stays as it is', () => {
  const kept = (title: string, body: string) => {
    const wish = { ...said, language: 'my', title, body, writers: 'members' } as const;
    const { data } = translationInUnicode(new WriteTranslation(wish, metaOf()));
    return data;
  };
  expect(kept('ျမန္မာႏိုင္ငံ', 'ေက်ာင္းသားမ်ား')).toMatchObject({
    title: 'မြန်မာနိုင်ငံ',
    body: 'ကျောင်းသားများ',
    sourceRevision: 0,
  });
  expect(kept('ဗြဟ္မာ', 'ဂီုကၠီုနွံတုဲ')).toMatchObject({ title: 'ဗြဟ္မာ', body: 'ဂီုကၠီုနွံတုဲ' });
  const removal = new RemoveTranslation({ translationId: 't', by, reason: null, isOutdated: false }, metaOf());
  expect(translationInUnicode(removal)).toBe(removal);
});
