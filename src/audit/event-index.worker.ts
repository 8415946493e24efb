import { runEventIndex } from '../../libs/event-index/run-index.ts';
import { openLogSource } from '../../libs/event-store/index.ts';
import { yieldToOthers } from './low-priority.ts';

yieldToOthers();
await runEventIndex(openLogSource);
