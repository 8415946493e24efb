import { expect, test } from '@jest/globals';
import { logServerAt } from '../../libs/event-store/index.ts';
import { tellServerVersion } from './server-version.ts';

test.each([
  ['24.10.0', ['info', 'the log server is of version 24.10.0']],
  ['26.0.3', ['info', 'the log server is of version 26.0.3']],
  ['24.2.0', ['warn', 'the log server is of version 24.2.0, older than KurrentDB 24.10, 25 and 26, which are meant']],
  ['23.10.8', ['warn', 'the log server is of version 23.10.8, older than KurrentDB 24.10, 25 and 26, which are meant']],
  ['unknown', ['warn', 'the log server does not tell its version (unknown); KurrentDB 24.10, 25 and 26 are meant']],
])('of a server that says %s the log tells', (version, told) => {
  const said: string[][] = [];
  const say = (level: string) => (text: unknown) => said.push([level, String(text)]);
  tellServerVersion({ info: say('info'), warn: say('warn') }, version, logServerAt('kurrentdb://db:2113'));
  expect(said).toEqual([told]);
});
