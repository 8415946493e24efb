import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import type { ViewDefinition } from '../../libs/projections/port.ts';
import { runProjector } from '../../libs/projections/run-projector.ts';
import { viewDefinitions } from '../../src/views/definitions.ts';
import { openLogForViews } from '../../src/views/log-for-views.ts';
import { waitForFile } from './wait-for-file.ts';

/** The projector of a program with a next version of the thread view, whose build waits for the file `gate` in the views' folder. */
export function runWithNextThread(
  change: (next: ViewDefinition, now: ViewDefinition) => ViewDefinition,
): Promise<void> {
  const next = (now: ViewDefinition): ViewDefinition => {
    const version = {
      ...now,
      version: now.version + 1,
      schema: `${now.schema} CREATE TABLE next_version (said TEXT)`,
      openBuild: (...on: Parameters<ViewDefinition['open']>) => {
        waitForFile(join(String(workerData.dir), 'gate'));
        return (now.openBuild ?? now.open)(...on);
      },
    };
    return change(version, now);
  };
  const definitions = viewDefinitions.map((view) => (view.name === 'thread' ? next(view) : view));
  return runProjector(definitions, openLogForViews);
}
