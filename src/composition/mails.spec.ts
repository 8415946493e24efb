import { describe, expect, test } from '@jest/globals';
import { PublicAddress } from '../access/public-address.ts';
import { senderOf } from './mails.ts';
import { mailsGo } from './outbox.ts';

test('the start says where mails go, and no password', () => {
  expect(mailsGo({ smtpUrl: null, dataDir: '/srv/forum' })).toBe(
    'mails are files in /srv/forum/outbox, which admins read at /admin/outbox; set SMTP_URL to send them',
  );
  expect(mailsGo({ smtpUrl: 'smtp://user:secret@mail.example:587?requireTLS=true', dataDir: '/srv/forum' })).toBe(
    'mails are sent by mail.example:587',
  );
});

describe('the sender', () => {
  test.each([
    [null, 'https://forum.example', { name: 'Blog', address: 'noreply@forum.example' }],
    [null, 'http://127.0.0.1:3000', { name: 'Blog', address: 'noreply@localhost' }],
    [null, 'http://[::1]:3000', { name: 'Blog', address: 'noreply@localhost' }],
    ['mail@blog.example', 'https://forum.example', { name: 'Blog', address: 'mail@blog.example' }],
    ['The blog <mail@blog.example>', 'https://forum.example', { name: 'The blog', address: 'mail@blog.example' }],
  ])('of MAIL_FROM %s at %s', (mailFrom, url, sender) => {
    expect(senderOf({ mailFrom }, new PublicAddress(url, '127.0.0.1', 3000), 'Blog')).toEqual(sender);
  });
});
