import { expect, test } from '@jest/globals';
import { DomainError } from '../../../libs/kernel/index.ts';
import { erased, given, metaOf } from '../../../test/support/given.ts';
import { ChangeSite } from './site.commands.ts';
import { siteDecider } from './site.decider.ts';
import type { SiteChange, SiteChanged, SitePageChanged } from './site.events.ts';

const IMAGE = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01';
const needs = { images: new Set([IMAGE]) };
const change = (data: ChangeSite['data']) => new ChangeSite(data, metaOf());
const changed = (data: SiteChange): SiteChanged => ({ type: 'SiteChanged.v1', data, personal: null });
const written = (text: string): SitePageChanged => ({
  type: 'SitePageChanged.v1',
  data: { page: 'about', removed: text === '' },
  personal: { text },
});
const nothing = given(siteDecider, []);

test('of the settings those are recorded that change, as the forum stores texts, lists and colours', () => {
  nothing
    .when(
      change({
        name: ' Mekong talk ',
        accent: '#7A1F5C',
        logo: IMAGE,
        locales: ['th', 'en'],
        embedOrigins: ['https://Blog.example/', 'https://blog.example:443'],
        menu: [{ label: ' Home ', href: 'https://blog.example/' }],
        discussion: { maxDepth: 3, images: false },
      }),
      needs,
    )
    .then([
      changed({
        name: 'Mekong talk',
        logo: IMAGE,
        accent: '#7a1f5c',
        locales: ['en', 'th'],
        embedOrigins: ['https://blog.example'],
        menu: [{ label: 'Home', href: 'https://blog.example/' }],
        discussion: { maxDepth: 3 },
      }),
    ]);
});

test('settings as they are change nothing, and what another admin set meanwhile stays', () => {
  nothing.when(change({ name: 'Colloquy', discussion: { maxLength: 10_000 } }), needs).then([]);
  given(siteDecider, [changed({ name: 'Talk', discussion: { maxDepth: 2 } })])
    .when(change({ name: 'Talk', discussion: { closeAfterDays: 30 } }), needs)
    .then([changed({ discussion: { closeAfterDays: 30 } })]);
});

test('a page is written, written again, and taken away; an erased one can be written again', () => {
  nothing.when(change({ pages: { about: ' # We ', rules: null } }), needs).then([written('# We')]);
  given(siteDecider, [written('# We')])
    .when(change({ pages: { about: '# We' } }), needs)
    .then([]);
  given(siteDecider, [written('# We')])
    .when(change({ pages: { about: null } }), needs)
    .then([written('')]);
  given(siteDecider, [erased(written('# We'))])
    .when(change({ pages: { about: '# We' } }), needs)
    .then([written('# We')]);
});

test('every wrong field is named at once', () => {
  const wrong = { name: ' ', accent: '#ffff00', timeZone: 'Mars/Base', menu: [{ label: 'x', href: '//evil' }] };
  let fields: readonly string[] = [];
  try {
    siteDecider.decide(change(wrong), siteDecider.initial(), needs);
  } catch (error) {
    if (error instanceof DomainError) fields = error.errors.map(({ field }) => field);
  }
  expect(fields).toEqual(['name', 'accent', 'timeZone', 'menu.0.href']);
});

test.each<[string, ChangeSite['data']]>([
  ['logo', { logo: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a02' }],
  ['icon', { icon: 'no-id' }],
  ['accent', { accent: 'teal' }],
  ['locales', { locales: ['vi'] }],
  ['locales', { locales: [] }],
  ['locales', { defaultLocale: 'th', locales: ['en'] }],
  ['discussion.maxDepth', { discussion: { maxDepth: 11 } }],
  ['discussion.maxLength', { discussion: { maxLength: 0 } }],
  ['discussion.closeAfterDays', { discussion: { closeAfterDays: 0 } }],
  ['discussion.editWindowMinutes', { discussion: { editWindowMinutes: 1.5 } }],
  ['discussion.slowModeSeconds', { discussion: { slowModeSeconds: 86_401 } }],
  ['embedOrigins.0', { embedOrigins: ['https://blog.example/path'] }],
  ['embedOrigins.1', { embedOrigins: ['https://blog.example', 'javascript:alert(1)'] }],
  ['menu.0.href', { menu: [{ label: 'x', href: 'javascript:alert(1)' }] }],
  ['menu.0.href', { menu: [{ label: 'x', href: '/\\evil.example' }] }],
  ['menu.0.href', { menu: [{ label: 'x', href: '/a\0b' }] }],
  ['menu.0.href', { menu: [{ label: 'x', href: 'https://a.example/\u001b' }] }],
  ['menu.0.href', { menu: [{ label: 'x', href: 'https://user@evil.example/' }] }],
  ['menu.0.label', { menu: [{ label: '', href: '/about' }] }],
  ['pages.imprint', { pages: { imprint: 'x'.repeat(20_001) } }],
])('a wrong %s is refused', (field, data) => {
  nothing.when(change(data), needs).thenRefused('invalid', { field });
});

test('a colour that cannot be read is refused with the nearest that can', () => {
  expect(() => siteDecider.decide(change({ accent: '#ff8800' }), siteDecider.initial(), needs)).toThrow(
    /accent cannot be read on light paper: its contrast is 2\.\d:1 and must be 4\.5:1; the nearest that passes is #[0-9a-f]{6}/,
  );
});
