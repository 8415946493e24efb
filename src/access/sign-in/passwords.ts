import { DomainError } from '../../../libs/kernel/index.ts';
import { composed } from '../../../libs/words/index.ts';

/** OWASP's second choice for argon2id: 19 MiB, two passes, one lane. The library's default algorithm is argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/**
 * The hash of nobody's password in PHC form, verified when a login is unknown, so that it takes as long as a wrong
 * password; which one it is makes no difference.
 */
const NOBODYS = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;
/**
 * The hashes computed at once; others wait in line, so that a burst of sign-ins neither fills the memory nor starves
 * the thread pool.
 */
const AT_ONCE = 2;
/** The longest line: about a second and a half of work. Who comes then is asked to come back. */
const MOST_WAITING = 64;
/** Seconds. */
const COME_BACK_AFTER = 2;

/** Hashes and checks passwords off the main thread, a few at a time. Throws DomainError `overloaded` when the line is long. */
export class Passwords {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** In PHC form. `salt` has 16 bytes. */
  async hash(password: string, salt: Uint8Array): Promise<string> {
    const { hash } = await argon2();
    return this.#inTurn(() => hash(normal(password), { ...COST, salt }));
  }

  /** False for a wrong password and, after the same time, when there is no hash. */
  async verify(phc: string | null, password: string): Promise<boolean> {
    const { verify } = await argon2();
    const matches = await this.#inTurn(() => verify(phc ?? NOBODYS, normal(password)));
    return matches && phc !== null;
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#waiting.length >= MOST_WAITING) throw tooMany();
    if (this.#running >= AT_ONCE) await new Promise<void>((go) => this.#waiting.push(go));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}

/** Read with the first password. */
function argon2(): Promise<typeof import('@node-rs/argon2')> {
  return import('@node-rs/argon2');
}

function tooMany(): DomainError {
  return new DomainError('overloaded', 'Too many sign in at once; try again soon.', [], COME_BACK_AFTER);
}

/** The same password typed on another keyboard is the same: NFC, as RFC 8265 (OpaqueString) asks. */
function normal(password: string): string {
  return composed(password);
}
