import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import {
  ColloquyClient,
  ColloquyProblem,
  NotificationsClient,
  type TakenInboundMail,
} from '../../libs/client/index.ts';
import { isLogServer } from '../../libs/event-store/index.ts';
import { MOST_MAIL_BYTES } from '../../libs/words/index.ts';
import { inboundSecret } from '../composition/mailed-reply-providers.ts';
import { readSecrets } from '../composition/secrets.ts';
import { servedAddress } from '../composition/served-address.ts';
import { type Config, readConfig } from '../config.ts';
import type { AddCommand } from './add-command.ts';
import { FAILURE, type Keyboard, type Status, SUCCESS, TEMPORARY, type Terminal } from './terminal.ts';

/** `colloquy inbound`. */
export const inboundCommand: AddCommand = (program, terminal, end) => {
  program
    .command('inbound')
    .description(
      'take a mail from standard input, as a mail server hands it over: an answer to a mail of the forum becomes a comment; the forum must be running, else it ends with 75, and the mail server tries again',
    )
    .option('--json', 'print what became of it as one JSON document on standard output')
    .action(async (flags: { readonly json?: true }) => end(await takeMail(flags, terminal)));
};

async function takeMail({ json }: { readonly json?: true }, terminal: Terminal): Promise<Status> {
  const config = readConfig(terminal.environment);
  const raw = await wholeMail(terminal.input);
  if (raw === null) {
    terminal.say(`colloquy: a mail has ${MOST_MAIL_BYTES} bytes at most`);
    return FAILURE;
  }
  const secret = secretOf(config);
  const address = servedAddress(config.dataDir);
  if (secret === null || address === null) {
    terminal.say(`colloquy: no forum is running in ${config.dataDir}; the mail has to come again`);
    return TEMPORARY;
  }
  const signature = `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
  try {
    const client = new NotificationsClient(new ColloquyClient({ baseUrl: address }).http);
    const taken = await client.deliverMail({ raw, signature });
    if (json) terminal.out(JSON.stringify(taken));
    else terminal.say(inWords(taken));
    return SUCCESS;
  } catch (error) {
    if (!(error instanceof ColloquyProblem)) throw error;
    terminal.say(`colloquy: ${error.message}`);
    return error.status >= 400 && error.status < 500 ? FAILURE : TEMPORARY;
  }
}

/** Null where the forum has never run here. */
function secretOf(config: Config): string | null {
  if (config.inboundSecret !== null) return config.inboundSecret;
  const file = isLogServer(config.eventStoreUrl) ? 'shared-secrets.json' : 'secrets.json';
  const sessionSecret = config.sessionSecret ?? readSecrets(join(config.dataDir, file))?.sessionSecret;
  return sessionSecret === undefined ? null : inboundSecret(config, { sessionSecret });
}

/** Null for one that is too long, of which no more is read. */
async function wholeMail(input: Keyboard): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > MOST_MAIL_BYTES) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, length);
}

function inWords({ outcome, commentId, reason }: TakenInboundMail): string {
  return commentId === null ? `${outcome}: ${reason}` : `${outcome}: comment ${commentId}`;
}
