import { AnsweringThread } from '../../libs/answering-thread/index.ts';
import { programBeside } from '../../libs/kernel/index.ts';
import type { Measure } from '../../libs/words/index.ts';
import type { JudgedTranslation } from '../domain/translation/translating.rules.ts';
import { measuredTranslation } from './measured-translation.ts';

/** Characters that are judged at once: as long as a comment. */
const SHORT = 10_000;

/** The thread ends when nothing waits: few translations are as long as posts. */
const thread = new AnsweringThread({
  program: programBeside(import.meta.url, 'measuring.worker'),
  name: 'measuring',
  instead: measuredTranslation,
  endsIdle: true,
});

/** Judges a long text in a thread of its own, so that it holds up nothing else. */
export function measuredAside(judged: JudgedTranslation): Promise<Measure | null> {
  return judged.body.length <= SHORT ? Promise.resolve(measuredTranslation(judged)) : thread.ask(judged);
}
