import { openLogSource } from '../../libs/event-store/index.ts';
import { runProjector } from '../../libs/projections/run-projector.ts';
import { viewDefinitions } from './definitions.ts';

void runProjector(viewDefinitions, openLogSource);
