import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { runProjector } from '../../libs/projections/run-projector.ts';
import { viewDefinitions } from '../../src/views/definitions.ts';
import { openLogForViews } from '../../src/views/log-for-views.ts';
import { waitForFile } from './wait-for-file.ts';

/** The forum's views, of which the search is not built before the gate is there. */
const gated = viewDefinitions.map((view) => {
  if (view.name !== 'search') return view;
  const openBuild: typeof view.open = (...on) => {
    waitForFile(join(String(workerData.dir), 'gate'));
    return (view.openBuild ?? view.open)(...on);
  };
  return { ...view, openBuild };
});

await runProjector(gated, openLogForViews);
