import { parentPort } from 'node:worker_threads';
import type { Answered, Asked } from './answering-thread.ts';

/** The whole program of an `AnsweringThread`'s entry file: each question is answered by itself, in order. */
export function answerQuestions<Question, Answer>(answer: (question: Question) => Answer): void {
  parentPort?.on('message', ({ id, question }: Asked<Question>) => {
    parentPort?.postMessage({ id, answer: answer(question) } satisfies Answered<Answer>);
  });
}
