import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  accentPair,
  colourOf,
  contrast,
  DEFAULT_ACCENT,
  LEAST_CONTRAST,
  lowestContrast,
  nearestReadable,
} from './index.ts';

test('contrasts are those of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#123456', '#123456')).toBe(1);
});

test('a colour is six hexadecimal digits, in any case', () => {
  expect(['#0C5c5C', ' #0c5c5c ', '#0c5c5', 'teal', '#0c5c5cff'].map(colourOf)).toEqual([
    DEFAULT_ACCENT,
    DEFAULT_ACCENT,
    null,
    null,
    null,
  ]);
});

test('of any colour the nearest readable one can be read in both themes, and a readable one is its own nearest', () => {
  const colours = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(colours, (colour) => {
      const nearest = nearestReadable(colour);
      const { light, dark } = accentPair(nearest);
      expect(lowestContrast(light, 'light')).toBeGreaterThanOrEqual(LEAST_CONTRAST);
      expect(lowestContrast(dark, 'dark')).toBeGreaterThanOrEqual(LEAST_CONTRAST);
      if (lowestContrast(colour, 'light') >= LEAST_CONTRAST) expect(nearest).toBe(colour);
    }),
    { numRuns: 500 },
  );
});

test('the grounds are those of the style sheet', () => {
  const source = readFileSync(new URL('./accent.ts', import.meta.url), 'utf8');
  const tokens = readFileSync(new URL('../../src/web/shell/styles/tokens.css', import.meta.url), 'utf8');
  for (const name of ['paper', 'wash', 'raised', 'accent-ink']) {
    const [, light = '?', dark = '?'] = new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(tokens) ?? [];
    expect(source).toContain(`'${light}'`);
    expect(source).toContain(`'${dark}'`);
  }
  expect(tokens).toContain(`--accent: light-dark(${DEFAULT_ACCENT},`);
});
