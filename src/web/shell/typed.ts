import { DomainError } from '../../../libs/kernel/index.ts';
import { textIn } from './paths.ts';

/** The typed values, kept after a refusal (never passwords). */
export type Typed = Readonly<Record<string, string>>;

export function typedIn(form: unknown, names: readonly string[]): Typed {
  return Object.fromEntries(names.map((name) => [name, textIn(form, name)]));
}

/** The status of a page that shows a form again after this refusal. */
export function statusOf(error: unknown): number {
  return error instanceof DomainError ? error.status : 500;
}
