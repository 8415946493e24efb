import { readFileSync } from 'node:fs';
import { trusted } from '../../../../libs/kernel/index.ts';

/** A JSON Schema (2020-12) as OpenAPI 3.1 holds it. */
export type AnswerSchema = Readonly<Record<string, unknown>>;

interface AnswerSchemas {
  /** By route (`GET /api/v1/posts`), for those that answer JSON of a shape. */
  readonly routes: Readonly<Record<string, AnswerSchema>>;
  /** What these name, by name. */
  readonly shapes: Readonly<Record<string, AnswerSchema>>;
}

/** Beside this file's program when it was built, in dist when it runs from its sources. */
const BUILT = new URL(
  import.meta.url.endsWith('.ts') ? '../../../../dist/answers.json' : '../../../../answers.json',
  import.meta.url,
);

let read: AnswerSchemas | undefined;

/** What `scripts/build-answers.mjs` made of the client's `Answers`; read when somebody first asks for it. */
export function answerSchemas(): AnswerSchemas {
  read ??= trusted<AnswerSchemas>(JSON.parse(readFileSync(BUILT, 'utf8')));
  return read;
}
