import { readFileSync } from 'node:fs';
import { trusted } from '../../../../libs/kernel/index.ts';

/** A JSON Schema (2020-12) in the form that OpenAPI 3.1 holds. */
export type AnswerSchema = Readonly<Record<string, unknown>>;

interface AnswerSchemas {
  /** The schemas by route (`GET /api/v1/posts`), for routes that answer JSON of a shape. */
  readonly routes: Readonly<Record<string, AnswerSchema>>;
  /** The shapes that these schemas name. */
  readonly shapes: Readonly<Record<string, AnswerSchema>>;
}

/** The file lies beside the built program, and in dist for a program that runs from its sources. */
const BUILT = new URL(
  import.meta.url.endsWith('.ts') ? '../../../../dist/answers.json' : '../../../../answers.json',
  import.meta.url,
);

let read: AnswerSchemas | undefined;

/** The schemas that `scripts/build-answers.mjs` made of the client's `Answers`; read at the first use. */
export function answerSchemas(): AnswerSchemas {
  read ??= trusted<AnswerSchemas>(JSON.parse(readFileSync(BUILT, 'utf8')));
  return read;
}
