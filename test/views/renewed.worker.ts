import { openSqliteEventReader } from '../../libs/event-store/index.ts';
import { runProjector } from '../../libs/projections/run-projector.ts';
import { renewedViews } from './counting-views.ts';

await runProjector(renewedViews, async (source) => openSqliteEventReader({ file: String(source) }));
