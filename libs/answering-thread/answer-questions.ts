import { parentPort } from 'node:worker_threads';
import type { Answered, Asked } from './answering-thread.ts';

/**
 * The whole program of an `AnsweringThread`'s entry file: each question is answered by itself, in order unless its answer
 * takes several turns. A rejected answer ends the thread, as a thrown one does.
 */
export function answerQuestions<Question, Answer>(answer: (question: Question) => Answer | Promise<Answer>): void {
  parentPort?.on('message', async ({ id, question }: Asked<Question>) => {
    parentPort?.postMessage({ id, answer: await answer(question) } satisfies Answered<Answer>);
  });
}
