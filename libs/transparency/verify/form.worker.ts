import { runFormThread } from './form-thread.ts';

await runFormThread();
