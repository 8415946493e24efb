import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { translator } from '../../shell/i18n/translate.ts';
import { NO_CHOICES } from './choice-fields.tsx';
import { choicesIn } from './import-choices.ts';

const words = translator(
  'en',
  JSON.parse(readFileSync(new URL('../../shell/messages/en.json', import.meta.url), 'utf8')),
);

it('keeps what was typed and chosen beside what is wrong with it', () => {
  const typed = 'https://blog.example\nblog.example/shop';
  expect(choicesIn({ source: 'isso', sites: typed, fetchMedia: '1' }, words)).toEqual({
    sitesTyped: typed,
    errors: { sites: 'Each line must be an address such as https://blog.example, or NAME=ADDRESS.' },
    choices: { ...NO_CHOICES, source: 'isso', sites: { '': 'https://blog.example' }, fetchMedia: true },
  });
  expect(choicesIn({ source: 'geocities' }, words)).toEqual({
    sitesTyped: '',
    errors: { source: 'This is not accepted.' },
    choices: NO_CHOICES,
  });
});
