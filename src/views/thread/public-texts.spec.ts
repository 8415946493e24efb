import { describe, expect, it } from '@jest/globals';
import { type TextStep, textStepCode, textStepOf, withheldTexts } from './public-texts.ts';

/** The first text stands at position 1, and each step at the next position. */
const FIRST = 1n;
const edited = (position: bigint): TextStep => ({ kind: 'edited', position, unseenBefore: false });
const editedUnseen = (position: bigint): TextStep => ({ kind: 'edited', position, unseenBefore: true });
const against: TextStep = { kind: 'decided', against: true, undoes: false };
const back: TextStep = { kind: 'decided', against: false, undoes: false };
const undoneToHidden: TextStep = { kind: 'decided', against: true, undoes: true };
const undoneToVisible: TextStep = { kind: 'decided', against: false, undoes: true };

describe('the former texts that readers may not read', () => {
  it.each<[string, readonly TextStep[], readonly bigint[]]>([
    ['none of a comment that was only edited', [edited(2n), edited(3n)], []],
    ['none of one without a former text, whatever was decided', [against, back, against], []],
    ['the text that was held as it was posted, when the next one was approved', [against, edited(3n), back], [1n]],
    ['the text that a moderator took away, not the clean one after it', [against, edited(3n), back, edited(5n)], [1n]],
    ['not the text that was held and then approved itself', [against, back, edited(4n)], []],
    ['the text that was held, approved and held again', [against, back, against, edited(5n), back], [1n]],
    ['each text that was written while the comment waited', [against, edited(3n), editedUnseen(4n), back], [1n, 3n]],
    ['an edit that the policy held, not the text before it', [edited(2n), against, edited(4n), back], [2n]],
    ['not what was decided on a later text', [edited(2n), against, back, edited(5n), against], []],
    ['not the text whose decision was undone', [against, edited(3n), undoneToVisible], []],
    ['the text whose approval was undone', [against, back, undoneToHidden, edited(5n), back], [1n]],
    [
      'of an approval undone after an edit, both texts',
      [against, back, edited(4n), undoneToHidden, edited(6n)],
      [1n, 4n],
    ],
    [
      'not the text whose approval was undone by mistake',
      [against, back, undoneToHidden, undoneToVisible, edited(6n)],
      [],
    ],
    ['the text whose hold was undone by mistake', [against, undoneToVisible, undoneToHidden, edited(5n), back], [1n]],
  ])('are %s', (_, steps, expected) => {
    expect([...withheldTexts(FIRST, steps)]).toEqual(expected);
  });

  it('are the same when the steps were kept', () => {
    const steps = [edited(2n), editedUnseen(3n), against, back, undoneToHidden, undoneToVisible];
    expect(steps.map((step) => textStepOf(textStepCode(step), 'position' in step ? step.position : 9n))).toEqual(steps);
    expect(() => textStepOf(6, 1n)).toThrow(RangeError);
  });
});
