import { expect, it } from '@jest/globals';
import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { digestOf } from '../../../libs/projections/digest.ts';
import { openViewForWriting } from '../../../libs/projections/view-file.ts';
import { ViewWriter } from '../../../libs/projections/view-writer.ts';
import { steps, ThreadModel } from '../../../test/views/thread-model.ts';
import { notificationsView } from './notifications.view.ts';

/** Folds the events in batches of at least so many, appends always whole. */
function folded(events: readonly RecordedEvent[], batch: number): Database {
  const db = openViewForWriting(':memory:', notificationsView);
  const writer = new ViewWriter(notificationsView, ':memory:', db);
  for (let start = 0; start < events.length; ) {
    let end = Math.min(events.length, start + batch);
    while (events[end] && events[end]?.correlationId === events[end - 1]?.correlationId) end += 1;
    writer.fold(events.slice(start, end), events[end - 1]?.position ?? 0n);
    start = end;
  }
  if (writer.stopped) throw new Error(writer.stopped.reason);
  return db;
}

it('is the same whether it was folded event by event or rebuilt at once, and tells of nothing that was never shown', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const model = new ThreadModel();
      for (const step of sequence) model.play(step);
      const [live, rebuilt] = [folded(model.events, 1), folded(model.events, 10_000)];
      expect(digestOf(live, notificationsView)).toEqual(digestOf(rebuilt, notificationsView));
      const wrong = live.prepare(`
        SELECT count(*) AS n FROM told JOIN comment c ON c.id = told.comment LEFT JOIN known a ON a.n = c.author
        WHERE kind IN ('reply', 'mention') AND (c.shown IS NULL OR told.n < c.shown OR a.id IS told.member)`);
      expect(wrong.get()).toMatchObject({ n: 0 });
    }),
    { numRuns: 200 },
  );
});
