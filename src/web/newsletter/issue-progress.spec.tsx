import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { renderToString } from 'preact-render-to-string';
import type { IssueProgress } from '../../../libs/client/index.ts';
import { translator } from '../shell/i18n/translate.ts';
import { IssueProgressPart } from './issue-progress.tsx';

const english = JSON.parse(readFileSync(new URL('../shell/messages/en.json', import.meta.url), 'utf8'));

const QUIET = { readers: 5, waiting: 0, sent: 5, unsent: 0, bounced: 0, refused: 0, complained: 0, left: 0 };

const told = (progress: Partial<IssueProgress> & Pick<IssueProgress, 'state'>): string =>
  renderToString(<IssueProgressPart progress={{ ...QUIET, ...progress }} translator={translator('en', english)} />);

test.each([
  ['all went', { state: 'finished' }, '<p>It was sent: 5 of 5 mails.</p>'],
  [
    'one did not, and one came back',
    { state: 'finished', sent: 4, unsent: 1, bounced: 1 },
    '<p>It was sent: 4 of 5 mails. 1 could not be sent, or their readers had left. No such mailbox: 1.</p>',
  ],
  ['stopped', { state: 'stopped', sent: 2 }, 'after 2 of 5 mails. Up to 3 that were on their way may still come.</p>'],
  ['stopped with many', { state: 'stopped', readers: 500, sent: 2 }, 'Up to 100 that were'],
  ['stopped at the end', { state: 'stopped' }, 'after 5 of 5 mails.</p>'],
  ['one reader', { state: 'unsent', readers: 1, sent: 0 }, '<p>1 reader gets it. It is sent once'],
] as const)('%s', (_, progress, words) => {
  expect(told(progress)).toContain(words);
});

test('the program looks again only while mails are on their way', () => {
  expect(told({ state: 'sending', sent: 1 })).toMatch(
    /^<div id="issue-progress" role="status" data-renewed(?:="")? data-underway/,
  );
  expect(told({ state: 'stopped' })).not.toContain('data-underway');
});
