import { expect, test } from '@jest/globals';
import { appearanceIn } from './write-forms.ts';

const BERLIN = 'Europe/Berlin';
const NOW = Date.parse('2026-03-01T00:00:00Z');
const later = (publishAt: string, clock = '') => appearanceIn({ when: 'later', publishAt, clock }, BERLIN, NOW);

test('a post appears at the moment at which the clock of the forum shows the chosen time', () => {
  expect(later('2026-07-01T14:30')).toEqual({ at: '2026-07-01T12:30:00.000Z' });
  expect(later('2026-12-01 14:30')).toEqual({ at: '2026-12-01T13:30:00.000Z' });
  expect(appearanceIn({ when: 'now', publishAt: '' }, BERLIN, NOW)).toEqual({ at: null });
  expect(appearanceIn({ when: 'now', publishAt: '2026-07-01T14:30' }, BERLIN, NOW)).toEqual({
    wrong: 'field.nowOrLater',
  });
  expect(later('')).toEqual({ wrong: 'field.time' });
  expect(later('2026-02-01T14:30')).toEqual({ wrong: 'field.past' });
});

test('a time that the change of the clock leaps over is refused', () => {
  expect(later('2026-03-29T02:00')).toEqual({ wrong: 'field.leaptTime' });
  expect(later('2026-03-29T02:59')).toEqual({ wrong: 'field.leaptTime' });
  expect(later('2026-03-29T03:00')).toEqual({ at: '2026-03-29T01:00:00.000Z' });
});

test('of a time that the clock shows twice the writer says which', () => {
  expect(later('2026-10-25T02:30')).toEqual({ wrong: 'field.twiceTime' });
  expect(later('2026-10-25T02:30', 'first')).toEqual({ at: '2026-10-25T00:30:00.000Z' });
  expect(later('2026-10-25T02:30', 'second')).toEqual({ at: '2026-10-25T01:30:00.000Z' });
  expect(later('2026-10-25T03:00', 'second')).toEqual({ at: '2026-10-25T02:00:00.000Z' });
});
