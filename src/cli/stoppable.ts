/** The person or the system ended a command before it was done. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Does work that SIGINT and SIGTERM stop with a clean-up; a second signal ends the process at once. */
export async function stoppable<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    letGo();
    controller.abort(new Stopped(`stopped by ${signal}`));
  };
  const letGo = (): void => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await work(controller.signal);
  } finally {
    letGo();
  }
}
