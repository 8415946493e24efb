import { runEventIndex } from '../../libs/event-index/run-index.ts';
import { yieldToOthers } from './low-priority.ts';
import { openThreadLog } from './thread-log.ts';

yieldToOthers();
await runEventIndex(openThreadLog);
