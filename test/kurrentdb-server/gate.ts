import type { ServerSurfaceCall } from '@grpc/grpc-js/build/src/server-call.js';
import type { Faults } from './faults.ts';
import { Refused } from './proposals.ts';
import { accessDenied, notLeader, unauthenticated } from './rpc-errors.ts';

/** Who may use the server; without it, all may. As with the real one, an insecure server asks nobody. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** What every call passes before it is looked at: silence and delay, name and password, leadership. */
export class Gate {
  readonly #faults: Faults;
  readonly #header: string | undefined;

  constructor(faults: Faults, credentials: Credentials | undefined) {
    this.#faults = faults;
    if (credentials === undefined) return;
    const { username, password } = credentials;
    this.#header = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }

  /** Throws Refused. */
  async pass(call: ServerSurfaceCall, kind: 'read' | 'write'): Promise<void> {
    await this.#faults.mayAnswer();
    this.#authenticate(call);
    const { notLeader: leader, readOnly } = this.#faults.settings;
    if (leader !== undefined && call.metadata.get('requires-leader')[0] === 'true') {
      throw new Refused(notLeader(leader));
    }
    if (readOnly !== undefined && kind === 'write') throw new Refused(notLeader(readOnly));
  }

  #authenticate(call: ServerSurfaceCall): void {
    if (this.#header === undefined) return;
    const [sent] = call.metadata.get('authorization');
    if (sent === undefined) throw new Refused(accessDenied());
    if (sent !== this.#header) throw new Refused(unauthenticated());
  }
}
