import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { IsString, ValidateNested, validateSync } from 'class-validator';
import fc from 'fast-check';
import { DomainError } from '../../../libs/kernel/index.ts';
import { EditCommentBody, PostCommentBody, ThreadQuery } from '../http/dto/comments.ts';
import { RegisterBody } from '../http/dto/members.ts';
import { checkInput, type Shape } from './check-input.ts';
import { ShapePlan } from './shape-plan.ts';

const STRICT = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };

function outcome(shape: Shape<object>, raw: unknown): 'accepted' | DomainError {
  try {
    checkInput(shape, raw);
    return 'accepted';
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

describe('what a request carries', () => {
  const id = fc.uuid({ version: 4 });
  const values = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constantFrom('Hello', '', ' ', 'oldest', 'a\u0000b', '10', 10, 0, -1, 1.5, null, undefined, true, [], {}),
    id,
  );
  const names = [
    'id',
    'parentId',
    'body',
    'revision',
    'sort',
    'limit',
    'cursor',
    'handle',
    'email',
    'password',
    'more',
  ];
  const raws = fc.dictionary(fc.constantFrom(...names), values, { maxKeys: 5 });

  it.each([PostCommentBody, EditCommentBody, ThreadQuery, RegisterBody])(
    'is accepted for %p exactly when class-validator finds nothing wrong',
    (shape) => {
      expect(ShapePlan.of(shape)).not.toBeNull();
      fc.assert(
        fc.property(raws, (raw) => {
          const faults = validateSync(Object.assign(new shape(), raw), STRICT);
          expect({ raw, accepted: outcome(shape, raw) === 'accepted' }).toEqual({ raw, accepted: faults.length === 0 });
        }),
        { numRuns: 500 },
      );
    },
  );

  it('is looked at by class-validator itself where a shape has rules of other kinds', () => {
    class Inner {
      @IsString()
      declare readonly text: string;
    }
    class Outer {
      @ValidateNested()
      declare readonly inner: Inner;
    }
    class Empty {}
    expect([ShapePlan.of(Outer), ShapePlan.of(Empty)]).toEqual([null, null]);
  });

  it('is refused for what nobody knows without a look at it', () => {
    const looked: string[] = [];
    const raw = { body: 'Hello' };
    for (let n = 0; n < 1_000; n += 1)
      Object.defineProperty(raw, `field${n}`, { enumerable: true, get: () => looked.push(`field${n}`) });

    const refused = outcome(PostCommentBody, raw);

    expect(looked).toEqual([]);
    if (refused === 'accepted') throw new Error('it was accepted');
    expect(refused.errors).toHaveLength(20);
    expect(refused.detail.slice(-50)).toContain('980 more fields are not known here.');
  });

  it('names the first twenty fields that nobody knows, and counts the others', () => {
    const unknown = Array.from({ length: 25 }, (_, at) => [`field${at}`, 1]);
    const refused = outcome(PostCommentBody, { ...Object.fromEntries(unknown), parentId: 'x' });

    const named = Array.from({ length: 20 }, (_, at) => ({ field: `field${at}`, message: 'is not known here' }));
    const wrong = [
      { field: 'parentId', message: 'must be a UUID in lower case' },
      { field: 'body', message: 'is missing' },
    ];
    if (refused === 'accepted') throw new Error('it was accepted');
    expect(refused.errors).toEqual([...named, ...wrong]);
    expect(refused.detail.slice(-120)).toContain('body is missing; 5 more fields are not known here.');
  });
});
