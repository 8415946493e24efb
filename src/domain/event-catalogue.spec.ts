import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { upcast, versionOf, versionsUpTo } from '../../libs/kernel/index.ts';
import { EVENT_CATALOGUE, EVENT_TYPES, OLD_EVENTS } from './event-catalogue.ts';
import { UPCASTERS } from './upcasters.ts';

const NEWEST = Object.values(EVENT_TYPES).flat();
const OLD = Object.keys(OLD_EVENTS);

test('every stored type, which the compiler wants in the catalogue, is written now in one kind of stream, or old', () => {
  expect([...NEWEST, ...OLD].sort()).toEqual(Object.keys(EVENT_CATALOGUE).sort());
});

test('every version from the first to the newest is there, with an upcaster from each to the next', () => {
  expect(Object.keys(EVENT_CATALOGUE).sort()).toEqual(NEWEST.flatMap(versionsUpTo).sort());
  for (const [old, { readAs }] of Object.entries(OLD_EVENTS)) {
    const { name, version } = versionOf(old);
    expect(readAs).toBe(`${name}.v${version + 1}`);
    expect(NEWEST).toContain(upcast({ type: old, data: {}, personal: null }, UPCASTERS).type);
  }
});

test('docs/EVENTS.md says what the catalogue says', () => {
  const check = () => execFileSync(process.execPath, ['scripts/events-doc.mjs', '--check'], { stdio: 'pipe' });
  expect(check).not.toThrow();
});
