import { DomainError } from '../../../../libs/kernel/index.ts';

/**
 * The NDJSON lines of a long answer: `{progress}` as it comes, and `{result}` or `{problem}` at the end. When it is
 * closed early, `gone` is aborted.
 */
export async function* progressLines<Progress extends object, Result extends object>(
  run: (onProgress: (progress: Progress) => void) => Promise<Result>,
  gone: AbortController,
): AsyncGenerator<string> {
  const waiting: string[] = [];
  let over = false;
  let wake = (): void => undefined;
  const tell = (line: object): void => {
    waiting.push(`${JSON.stringify(line)}\n`);
    wake();
  };
  const running = run((progress) => tell({ progress }))
    .then((result) => tell({ result }))
    .catch((error: unknown) => tell({ problem: problemIn(error) }))
    .finally(() => {
      over = true;
      wake();
    });
  try {
    while (!over || waiting.length > 0) {
      yield* waiting.splice(0);
      if (over) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (over || waiting.length > 0) resolve();
      });
    }
    await running;
  } finally {
    gone.abort();
  }
}

function problemIn(error: unknown): { readonly code: string; readonly detail: string } {
  if (error instanceof DomainError) return { code: error.code, detail: error.detail };
  return { code: 'internal', detail: 'It broke off.' };
}
