export * from './answer-questions.ts';
export * from './answering-thread.ts';
