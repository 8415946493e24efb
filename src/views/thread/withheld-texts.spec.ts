import { describe, expect, it } from '@jest/globals';
import { openViewForWriting } from '../../../libs/projections/view-file.ts';
import { ViewWriter } from '../../../libs/projections/view-writer.ts';
import { type Step, ThreadModel } from '../../../test/views/thread-model.ts';
import { threadView } from './thread.view.ts';
import { withheldOfThread } from './withheld-texts.ts';

/** `comment` counts from 0: the comment that the act changes, or that a new one answers. */
const happens = (act: Step['act'], comment: number): Step => ({
  act,
  choice: comment,
  author: 1,
  minute: 1,
  kind: 'like',
});

/** The positions of the texts that readers may not read after these steps. */
function withheldAfter(steps: readonly Step[]): readonly bigint[] {
  const model = new ThreadModel();
  for (const step of steps) model.play(step);
  const db = openViewForWriting(':memory:', threadView);
  const writer = new ViewWriter(threadView, ':memory:', db);
  writer.fold(model.events, model.events.at(-1)?.position ?? 0n);
  if (writer.stopped) throw new Error(writer.stopped.reason);
  return [...withheldOfThread(db, 1)];
}

/** The post is position 1, the comment 2, its answer 3. */
const THREAD = [happens('post', 0), happens('post', 0)];

describe('the texts of a thread that readers may not read', () => {
  it('are those that stood when a comment was taken away', () => {
    const edited = [happens('hold', 1), happens('edit', 1), happens('restore', 1)];
    expect(withheldAfter([...THREAD, ...edited, happens('edit', 1)])).toEqual([3n]);
  });

  it('are those that came and went while the comment above was hidden', () => {
    const whileHidden = [happens('hold', 0), happens('edit', 1), happens('edit', 1), happens('restore', 0)];
    expect(withheldAfter([...THREAD, ...whileHidden, happens('edit', 1)])).toEqual([5n]);
  });
});
