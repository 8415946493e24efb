import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accentPair, contrast, LEAST_CONTRAST, nearestReadable } from '../../../libs/words/index.ts';
import type { Theme } from '../shell/frame-address.ts';
import { READABLE } from './browser/ground.ts';

const tokens = readFileSync(new URL('../shell/styles/tokens.css', import.meta.url), 'utf8');
const sheet = readFileSync(new URL('./embed.css', import.meta.url), 'utf8');

function token(name: string, theme: Theme): string {
  const [, light = '', dark = ''] = new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(tokens) ?? [];
  return theme === 'light' ? light : dark;
}

/** Half of the way to ink, as the style sheet mixes. */
function strengthened(colour: string, theme: Theme): string {
  const ink = token('ink', theme);
  const mixed = [1, 3, 5].map((at) =>
    Math.round((Number.parseInt(colour.slice(at, at + 2), 16) + Number.parseInt(ink.slice(at, at + 2), 16)) / 2),
  );
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** The grey at the limit, to which every other ground of its luminance is equal. */
function limit(theme: Theme): string {
  const share = 1.055 * READABLE[theme] ** (1 / 2.4) - 0.055;
  const channel = theme === 'light' ? Math.ceil(share * 255) : Math.floor(share * 255);
  return `#${channel.toString(16).padStart(2, '0').repeat(3)}`;
}

test.each(['light', 'dark'] as const)('every text is readable on the last %s ground that shows through', (theme) => {
  const ground = limit(theme);
  expect(contrast(token('ink', theme), ground)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
  for (const name of ['quiet', 'accent', 'waiting', 'danger']) {
    expect(sheet).toContain(`--${name}: color-mix(in srgb, var(--own-${name}), var(--ink));`);
    const found = contrast(strengthened(token(name, theme), theme), ground);
    expect({ name, isReadable: found >= LEAST_CONTRAST, found }).toMatchObject({ isReadable: true });
  }
  expect(contrast(strengthened(token('line-strong', theme), theme), ground)).toBeGreaterThanOrEqual(3);
});

test('so is whatever accent a forum has', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
      const pair = accentPair(nearestReadable(`#${number.toString(16).padStart(6, '0')}`));
      for (const theme of ['light', 'dark'] as const)
        expect(contrast(strengthened(pair[theme], theme), limit(theme))).toBeGreaterThanOrEqual(LEAST_CONTRAST);
    }),
  );
});
