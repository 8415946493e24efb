import { expect, test } from '@jest/globals';
import type { StoredFact, Upcasters } from './event.ts';
import { fieldsOf, isOld, upcast, versionOf, versionsUpTo } from './versions.ts';

const upcasters: Upcasters = {
  'Named.v1': (stored) => ({ ...stored, type: 'Named.v2', data: { ...fieldsOf(stored.data), second: true } }),
  'Named.v2': (stored) => ({ ...stored, type: 'Named.v3', data: { ...fieldsOf(stored.data), third: true } }),
};
const stored = (type: string, data: unknown = {}): StoredFact => ({ type, data, personal: { real: 'A' } });

test('a type has a name and a version', () => {
  expect(versionOf('Named.v12')).toEqual({ name: 'Named', version: 12 });
  for (const wrong of ['Named', 'Named.v0', 'Named.v01', '.v1', 'Named.v1.x', '']) {
    expect(() => versionOf(wrong)).toThrow(new RangeError(`the event type ${wrong} has no version`));
  }
});

test('the log may hold all versions up to the newest', () => {
  expect(versionsUpTo('Named.v3')).toEqual(['Named.v1', 'Named.v2', 'Named.v3']);
});

test('an old version is read step by step, whatever the log calls a type', () => {
  expect(upcast(stored('Named.v1', { a: 1 }), upcasters)).toEqual(
    stored('Named.v3', { a: 1, second: true, third: true }),
  );
  expect(upcast(stored('Named.v2'), upcasters)).toEqual(stored('Named.v3', { third: true }));
  for (const type of ['Named.v3', 'Named.v4', 'constructor', '__proto__']) {
    expect(upcast(stored(type), upcasters)).toEqual(stored(type));
    expect(isOld(type, upcasters)).toBe(false);
  }
  expect(isOld('Named.v2', upcasters)).toBe(true);
});

test('data without fields is nothing to build on', () => {
  for (const data of [null, 'text', 7, [], undefined]) expect(() => fieldsOf(data)).toThrow(TypeError);
});
