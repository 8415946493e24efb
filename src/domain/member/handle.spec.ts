import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { textOf } from '../text.ts';
import { displayNameFor, displayNameOf, handleOf } from './handle.ts';

const reserved = expect.objectContaining({ code: 'invalid', message: expect.stringContaining('is reserved') });
const messages = new URL('../../web/shell/messages/', import.meta.url);

describe('a display name', () => {
  test.each([
    ...['admin', 'Ädmin', 'ADM1N', '4dm1n', 'ᴀᴅᴍɪɴ', 'a d m i n', 'Môderator', 'm0derat0r', '$taff', 'Systém'],
    ...[
      'Boss (admin)',
      'Boss [moderator]',
      'Boss （ADMIN）',
      'Boss 【版主】',
      'Boss {the auditor}',
      'Boss <Admin of all>',
    ],
    ...[
      '(admin) Boss',
      'Boss (âdm1n',
      'Boss | admin',
      'Boss · Moderator',
      'Boss - admin',
      'Admin: Boss',
      'Boss, staff',
    ],
    ...['Support', 'Support team', 'Official Support', 'Moderator 1', 'Security Team'],
    ...['Site Admin', 'S1te Admin', 'Forum', 'f0rum', 'Forum team', 'Web-Support', 'SiteAdmin'],
    ...[
      'administrator',
      'Administrator 2',
      '[deleted]',
      '(deleted)',
      'de1eted',
      'Guest',
      'Gue\u0332st',
      '管理員',
      'Anna（管理員）',
    ],
    ...['ผู้ดูแล', 'quản trị', 'Quản Trị', 'quantri', 'អ្នកគ្រប់គ្រង', 'ຜູ້ດູແລ', 'အက်ဒ်မင်', 'Khách', 'đã xóa'],
    ...['Boss (Quản trị viên)', 'Boss (ผู้ดูแลระบบ)', 'ကြီးကြပ်သူ'],
  ])('%s speaks for the forum', (name) => {
    expect(() => displayNameOf(name)).toThrow(reserved);
  });

  test.each([
    ...[
      'Anna (Berlin)',
      'Anna [she/her]',
      'Anna-Maria',
      'M. Staff',
      'Ann Administer',
      'Badmin',
      'Anna | Linh',
      'Đỗ Nam',
    ],
    ...['Team Linh', 'Anna 2', 'Help yourself', 'A. Support'],
    ...[
      'Quân Trí',
      'Quan Trí',
      'Trị',
      'Khánh',
      'Web',
      'Site',
      'Guesty',
      'A guest',
      'Forumer',
      'ผู้ดู',
      'ឧត្តម',
      'မင်းမင်း',
      'ນ້ອຍ',
    ],
    ...['Modesty', 'สมชาย (ผู้อ่าน)', 'Linh 🙂', '(-:', 'Nguyễn Thị Hà'],
  ])('%s does not', (name) => {
    expect(displayNameOf(name)).toBe(name);
  });

  const UNSEEN = [
    '\u3164',
    '\u115f',
    '\u1160',
    '\uffa0',
    '\u2800',
    '\u200b',
    '\u00ad',
    '\u2060',
    '\ufeff',
    '\u034f',
    '\ufe0f',
    '\u{e0061}',
  ];
  test.each(UNSEEN)('holds nothing that nobody sees (case %#)', (unseen) => {
    expect(() => displayNameOf(`ad${unseen}min`)).toThrow(reserved);
    expect(() => displayNameOf(`Boss (${unseen}moderator)`)).toThrow(reserved);
    expect(() => displayNameOf(unseen.repeat(3))).toThrow('must not be empty');
    expect(displayNameOf(`An${unseen}na`)).toBe('Anna');
    expect(() => handleOf(`an${unseen}na`)).toThrow('may hold');
    expect(() => textOf(unseen, 'body', { min: 1, max: 9, lines: 'many' })).toThrow('must not be empty');
  });

  test.each(['ශ්\u200dරී', 'می\u200cخواهم', '👩\u200d🌾 Lan', '❤\ufe0f'])('keeps what shapes its letters: %s', (name) => {
    expect(displayNameOf(name)).toBe(name);
  });

  const locales = readdirSync(messages).filter((file) => file.endsWith('.json'));
  test.each(locales)('of somebody erased, or of a guest, as the pages say it in %s, is nobody’s', (file) => {
    const words: Readonly<Record<string, string>> = JSON.parse(readFileSync(new URL(file, messages), 'utf8'));
    for (const key of ['comment.nameless', 'comment.imported'])
      expect(() => displayNameOf(words[key] ?? '')).toThrow(reserved);
  });

  test.each(locales)('of one who rules, as the pages say it in %s, is not for members', (file) => {
    const words: Readonly<Record<string, string>> = JSON.parse(readFileSync(new URL(file, messages), 'utf8'));
    for (const role of ['role.admin', 'role.moderator', 'role.auditor']) {
      expect(() => displayNameOf(`Boss (${words[role]})`)).toThrow(reserved);
      expect(() => displayNameOf(words[role] ?? '')).toThrow(reserved);
    }
  });
});

describe('a handle', () => {
  test.each(['site-admin', 'siteadmin', 'forum', 'deleted', 'gu3st', 'quantri', '管理員', '管理员', 'ผู้ดูแล', 'အက်ဒ်မင်'])(
    '%s belongs to the forum',
    (handle) => {
      expect(() => handleOf(handle)).toThrow(reserved);
    },
  );

  test.each(['adm1n', 'ádmin', 'm0d', 'sy5tem', 'r-o-o-t', 'moderator1', '42-admin', 'adm1n_2'])(
    '%s is reserved',
    (handle) => {
      expect(() => handleOf(handle)).toThrow(reserved);
    },
  );

  test.each(['madmin', 'modi', 'roots', 'editör-in-chief'])('%s is a name', (handle) => {
    expect(handleOf(handle)).toBe(handle);
  });
});

test('lets the people of the house bear the name of their office, in one script, and nobody else', () => {
  expect(displayNameFor(['member', 'admin'], 'Site Admin')).toBe('Site Admin');
  expect(displayNameFor(['moderator'], 'Moderator')).toBe('Moderator');
  expect(() => displayNameFor(['member'], 'Site Admin')).toThrow(/reserved/);
  expect(() => displayNameFor(['admin'], 'Аdmin')).toThrow(/mix scripts/);
});
