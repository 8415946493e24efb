import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { eventLine } from '../../libs/event-store/index.ts';
import { DomainError } from '../../libs/kernel/index.ts';
import { readHead } from '../../libs/log-tree/index.ts';
import {
  isSameKey,
  RootBuilder,
  type Signer,
  sameHash,
  signKeyChange,
  type Tree,
  verifierKey,
} from '../../libs/transparency/index.ts';
import { commandMeta } from '../access/principal.ts';
import { auditSigner } from '../composition/audit-key.ts';
import { type CommandContext, createCommandContext } from '../composition/command-context.ts';
import { treeDir } from '../composition/forum-tree.ts';
import { mustFollow, readChanges } from '../composition/log-keys.ts';
import { lockForServing } from '../composition/serve-lock.ts';
import { type Config, readConfig, SETTINGS } from '../config.ts';
import { ChangeLogKey } from '../domain/log-key/log-key.commands.ts';
import type { AddCommand } from './add-command.ts';
import { auditOrigin } from './audit-origin.ts';
import { type Status, SUCCESS, type Terminal, WrongCall } from './terminal.ts';

interface RotateFlags {
  readonly from?: string;
  readonly json?: true;
}

/** `colloquy audit-key rotate`. */
export const auditKeyCommand: AddCommand = (program, terminal, end) => {
  const key = program.command('audit-key').description('the key that the log is signed with');
  key
    .command('rotate')
    .description(
      "sign the log with the key in AUDIT_KEY (without it: the one of the forum's own secrets) from now on; the key of before signs the new one, so checkpoints and receipts of before stay good. End every server of the forum first",
    )
    .option('--from <file>', "a file with the AUDIT_KEY of before; the key of the forum's own secrets unless told")
    .option('--json', 'print the change as one JSON document on standard output')
    .action(async (flags: RotateFlags) => end(await rotate(flags, terminal)));
};

/** No server signs meanwhile, since each would continue with the key that it began with. */
async function rotate({ from, json }: RotateFlags, terminal: Terminal): Promise<Status> {
  const config = readConfig(terminal.environment);
  const before = from === undefined ? null : keyIn(from);
  const unlock = lockForServing(config.dataDir);
  try {
    const context = await createCommandContext(config);
    try {
      const [old, next] = [before, config.auditKey].map((auditKey) =>
        auditSigner({ ...config, auditKey }, context.secrets, auditOrigin(config)),
      );
      if (old === undefined || next === undefined || isSameKey(old, next)) throw new WrongCall(SAME);
      const change = await changed(context, { old, next });
      if (json) terminal.out(JSON.stringify(change));
      else for (const line of linesOf(change)) terminal.say(line);
      return SUCCESS;
    } finally {
      await context.close();
    }
  } finally {
    unlock();
  }
}

const SAME =
  'the new key is the one of before: put the new one into AUDIT_KEY (`openssl rand -base64 32`), and the one of before, where it was in AUDIT_KEY, into a file for --from';

/** As AUDIT_KEY has it. Throws WrongCall, and the system's error. */
function keyIn(file: string): string {
  const text = readFileSync(file, 'utf8').trim();
  try {
    return SETTINGS.auditKey.read(text) ?? wrong(file);
  } catch {
    return wrong(file);
  }
}

function wrong(file: string): never {
  throw new WrongCall(`--from: ${file} holds no AUDIT_KEY, which is 32 bytes in base64`);
}

interface Change {
  readonly from: string;
  readonly to: string;
  readonly note: string;
}

interface Keys {
  readonly old: Signer;
  readonly next: Signer;
}

/** A change that was recorded before the program was ended is answered as it was made. */
async function changed(context: CommandContext, { old, next }: Keys): Promise<Change> {
  const { store, config, commands } = context;
  const made = (await readChanges(store)).at(-1);
  if (made !== undefined && isSameKey(made.change.to, next) && isSameKey(made.change.from, old)) {
    return { from: verifierKey(made.change.from), to: verifierKey(made.change.to), note: made.note };
  }
  await mustFollow(old, { log: store, dir: treeDir(config) });
  const note = signKeyChange(await treeOf(context, config), old, next);
  const change = { from: verifierKey(old), to: verifierKey(next), note };
  await commands.execute(new ChangeLogKey(change, commandMeta(null, randomUUID())));
  return change;
}

/**
 * The tree over all present events. A log that does not fit the tree beside it is not signed. Throws DomainError
 * `tree_mismatch`.
 */
async function treeOf({ store }: Pick<CommandContext, 'store'>, config: Config): Promise<Tree> {
  const kept = readHead(treeDir(config));
  const tree = new RootBuilder();
  for await (const event of store.readAll()) {
    tree.add(Buffer.from(eventLine(event)));
    if (tree.size === kept?.size && !sameHash(kept.root, tree.root())) throw mismatch();
  }
  if (kept !== null && kept.size > tree.size) throw mismatch();
  return { size: tree.size, root: tree.root() };
}

function mismatch(): DomainError {
  return new DomainError(
    'tree_mismatch',
    'nothing was changed: the log is not what its tree was made of; run `colloquy verify`',
  );
}

function linesOf({ from, to }: Change): readonly string[] {
  return [
    `the log is signed with another key from now on; it is recorded, signed by both`,
    `before: ${from}`,
    `now:    ${to}`,
    'Keep this AUDIT_KEY in the settings of every server, then start them. Publish the new key: GET /api/v1/audit/key.',
  ];
}
