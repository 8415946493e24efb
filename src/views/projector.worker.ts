import { runProjector } from '../../libs/projections/run-projector.ts';
import { viewDefinitions } from './definitions.ts';
import { openLogForViews } from './log-for-views.ts';

void runProjector(viewDefinitions, openLogForViews);
