import { openSqliteEventReader } from '../../libs/event-store/index.ts';
import { runProjector } from '../../libs/projections/run-projector.ts';
import { changedViews } from './counting-views.ts';

await runProjector(changedViews, async (source) => openSqliteEventReader({ file: String(source) }));
