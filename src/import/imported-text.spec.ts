import { expect, it } from '@jest/globals';
import { importedText } from './imported-text.ts';

it('stores the Burmese of another system in Unicode, without characters that are refused', () => {
  expect(importedText('ျမန္မာ\u0007နိုင္ငံ')).toBe('မြန်မာ နိုင်ငံ');
  expect(importedText('မြန်မာနိုင်ငံ')).toBe('မြန်မာနိုင်ငံ');
});
