import { logSourceIn, openLogSource } from '../../libs/event-store/index.ts';
import { runTree } from '../../libs/log-tree/run-tree.ts';

/** A database deletes what it is told to (scavenging); a file deletes nothing. */
void runTree(async (source) => ({ log: await openLogSource(source), whole: !('url' in logSourceIn(source)) }));
