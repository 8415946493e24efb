import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { render } from 'preact-render-to-string';
import { Data } from './document.tsx';
import { areWrittenAlike, drawnPieces, type OwnTexts, STAND_IN, standsIn, writtenAt } from './stand-in.ts';

function Page({ id, handle, displayName, newId, position }: OwnTexts) {
  return (
    <main>
      <a href={`/members/${handle}`} title={displayName}>
        <bdi>{displayName}</bdi> and {displayName}
      </a>
      <input type="hidden" name="as" value={id} />
      <input type="hidden" name="id" value={newId} />
      <Data id="page-data" data={{ viewer: { id, handle, displayName }, newId, position }} />
    </main>
  );
}

function filled(texts: OwnTexts): string | undefined {
  return drawnPieces(render(<Page {...STAND_IN} />))
    ?.map((piece) => ('own' in piece ? writtenAt(piece.own, texts) : piece.html))
    .join('');
}

const MALI: OwnTexts = {
  id: 'a0000000-0000-8000-8000-000000000001',
  handle: 'mali_b-2',
  displayName: 'Mali',
  newId: 'b0000000-0000-8000-8000-000000000001',
  position: '42',
};

describe('a page that is rendered for the stand-in', () => {
  it('is that of a member once its own texts are put in, whatever its name', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.string({
        minLength: 1,
        unit: fc.constantFrom('"', '&', '<', '>', "'", '\\', '$&', '$1', '\u2028', '</script>', '&quot;', 'ກ'),
      }),
    );
    fc.assert(
      fc.property(name, (displayName) => {
        const texts = { ...MALI, displayName };
        expect(filled(texts)).toBe(render(<Page {...texts} />));
      }),
    );
  });

  it('has nothing of the stand-in left', () => {
    expect(standsIn(Buffer.from(render(<Page {...STAND_IN} />)))).toBe(true);
    expect(standsIn(Buffer.from(filled(MALI) ?? ''))).toBe(false);
  });

  it('is not put together where the name stands in an address, and for nobody whose handle would be written otherwise there', () => {
    const asked = encodeURIComponent(STAND_IN.displayName);
    expect(drawnPieces(render(<a href={`/search?q=${asked}`}>{STAND_IN.displayName}</a>))).toBeNull();
    expect([
      areWrittenAlike(MALI),
      areWrittenAlike({ ...MALI, handle: 'mali&b' }),
      areWrittenAlike({ ...MALI, handle: 'ມະລິ' }),
    ]).toEqual([true, false, false]);
  });
});
