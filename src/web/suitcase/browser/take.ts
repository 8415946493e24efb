import { TAKE } from '../shards.ts';

/** Who waits for what a file hands over, by the file's path. */
const waiting = new Map<string, (value: unknown) => void>();
Reflect.set(globalThis, TAKE, (file: string, value: unknown) => waiting.get(file)?.(value));

/**
 * Runs a file beside the page, which hands over its contents: a page from a disk may run scripts, and fetch nothing. Rejects
 * for a file that is not there.
 */
export function take(file: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    const end = (done: () => void): void => {
      waiting.delete(file);
      script.remove();
      done();
    };
    waiting.set(file, (value) => end(() => resolve(value)));
    script.onerror = () => end(() => reject(new Error(`there is no file ${file}`)));
    script.src = file;
    document.head.append(script);
  });
}
