import { openSqliteEventReader } from '../../libs/event-store/index.ts';
import { runProjector } from '../../libs/projections/run-projector.ts';
import { countingViews } from './counting-views.ts';

await runProjector(countingViews, async (source) => openSqliteEventReader({ file: String(source) }));
