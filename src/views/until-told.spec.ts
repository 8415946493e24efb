import { describe, expect, it } from '@jest/globals';
import type { Projected, Views } from '../../libs/projections/index.ts';
import { UntilTold } from './until-told.ts';

const [MALI, DARA] = ['mali', 'dara'];

function kept(most = 10) {
  let tell: Parameters<Views['onProjected']>[0] | undefined;
  const views: Pick<Views, 'onProjected'> = {
    onProjected: (listener) => {
      tell = listener;
      return () => {
        tell = undefined;
      };
    },
  };
  let reads = 0;
  const told = new UntilTold<string>(views, {
    most,
    toldOf: (projected) => projected.flatMap(({ view, changes }) => (view === 'shelf' ? changes.map(String) : [])),
  });
  return {
    of: (memberId: string) => told.of(memberId, () => `${memberId} ${(reads += 1)}`),
    tell: (projected: Projected) => tell?.([projected], 1n),
    close: () => told.close(),
  };
}

describe('what was read of a member', () => {
  it('is read once, and again after its view has told of the member', () => {
    const { of, tell } = kept();
    expect([of(MALI), of(MALI), of(DARA)]).toEqual(['mali 1', 'mali 1', 'dara 2']);
    tell({ view: 'shelf', changes: [MALI] });
    tell({ view: 'thread', changes: [DARA] });
    expect([of(MALI), of(DARA)]).toEqual(['mali 3', 'dara 2']);
  });

  it('is forgotten with another file of a view, and where too many others were asked for', () => {
    const { of, tell } = kept(1);
    of(MALI);
    tell({ view: 'thread', changes: [], renewed: true });
    expect(of(MALI)).toBe('mali 2');
    expect([of(DARA), of(MALI)]).toEqual(['dara 3', 'mali 4']);
  });
});
