import { parentPort } from 'node:worker_threads';
import type { Answered, Asked } from './answering-thread.ts';

/** All that the entry file of an `AnsweringThread` does: each question is answered by itself, in the order of asking. */
export function answerQuestions<Question, Answer>(answer: (question: Question) => Answer): void {
  parentPort?.on('message', ({ id, question }: Asked<Question>) => {
    parentPort?.postMessage({ id, answer: answer(question) } satisfies Answered<Answer>);
  });
}
