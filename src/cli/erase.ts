import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { counted, DomainError } from '../../libs/kernel/index.ts';
import { ERASED_COMMENTS } from '../../libs/words/index.ts';
import { commandMeta } from '../access/principal.ts';
import { PersonalStreams, type WrittenBySource } from '../commands/personal-streams.ts';
import { RequestErasure } from '../domain/erasure/erasure.commands.ts';
import { writeLedger } from '../keeping/backup/ledger.ts';
import type { AddCommand } from './add-command.ts';
import { type Status, SUCCESS, type Terminal, WrongCall } from './terminal.ts';
import { withCommands } from './with-commands.ts';

interface MemberFlags {
  readonly comments: string;
  readonly json?: true;
}

interface ImportedFlags {
  readonly email?: string;
  readonly name?: string;
  readonly source?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** `colloquy erase member`, `erase imported` and `erase ledger`. The server carries out what was asked for. */
export const eraseCommand: AddCommand = (program, terminal, end) => {
  const command = program.command('erase').description('erase people, and keep the ledger of what was erased');
  command
    .command('member')
    .description('erase a member at once; a server that runs, or the next start, carries it out')
    .argument('<login>', 'handle or e-mail address')
    .requiredOption('--comments <what>', `${ERASED_COMMENTS.join(' or ')}: whether the comments stay without a name`)
    .option('--json', 'print the erasure as one JSON document on standard output')
    .action(async (login: string, flags: MemberFlags) => end(await eraseMember(login, flags, terminal)));
  command
    .command('imported')
    .description('erase people that an import brought, with their comments')
    .option('--email <address>', 'by the address that the import knew')
    .option('--name <name>', 'by the name that their comments show')
    .option('--source <kind>', 'only those who came from there, such as wordpress')
    .option('--yes', 'erase; without it the command tells only what it would take')
    .option('--json', 'print the erasure as one JSON document on standard output')
    .action(async (flags: ImportedFlags) => end(await eraseImported(flags, terminal)));
  command
    .command('ledger')
    .description('write what was erased to a file that restore and log copy apply again; nothing in it is personal')
    .requiredOption('--out <file>', 'where to write it; keep it apart from DATA_DIR')
    .action(async ({ out }: { readonly out: string }) => end(await ledger(out, terminal)));
};

async function eraseMember(login: string, { comments: wish, json }: MemberFlags, terminal: Terminal): Promise<Status> {
  const comments = ERASED_COMMENTS.find((known) => known === wish);
  if (comments === undefined) throw new WrongCall(`--comments is ${ERASED_COMMENTS.join(' or ')}`);
  const erasureId = await withCommands(terminal, async ({ commands, members }) => {
    const found = await members.byLogin(login);
    if (found === undefined) throw new DomainError('member_not_found', `No member signs in as ${login}.`);
    const meta = commandMeta(null, randomUUID());
    const id = members.erasureIdOf(found.memberId);
    const about = { subject: 'member', memberId: found.memberId, commentId: null, source: null, comments } as const;
    const words = { email: null, name: null, reason: null };
    await commands.execute(new RequestErasure({ erasureId: id, ...about, dueAt: meta.now, ...words }, meta));
    return id;
  });
  return told(erasureId, json, terminal);
}

async function eraseImported({ email, name, source, yes, json }: ImportedFlags, terminal: Terminal): Promise<Status> {
  if ((email === undefined) === (name === undefined)) throw new WrongCall('give --email or --name, and not both');
  const erasureId = randomUUID();
  const person = { email: email ?? null, name: name ?? null, source: source ?? null };
  await withCommands(terminal, async ({ commands, store, vault, members }) => {
    const people = new PersonalStreams(store, vault, members);
    const subscribers = await people.subscribersOf(person);
    const newsletter = subscribers.length > 0 ? ' and a newsletter' : '';
    const found = `${wordsOf(await people.countOf(person))}${newsletter}`;
    if (yes === undefined)
      throw new WrongCall(`this would erase ${found}; nothing was erased: add --yes to erase them`);
    terminal.say(`erases ${found}`);
    const meta = commandMeta(null, randomUUID());
    const about = { subject: 'imported', memberId: null, commentId: null, comments: 'remove' } as const;
    const wish = { erasureId, ...about, ...person, dueAt: meta.now, reason: null };
    await commands.execute(new RequestErasure(wish, meta));
  });
  return told(erasureId, json, terminal);
}

async function ledger(out: string, terminal: Terminal): Promise<Status> {
  const lines = await withCommands(terminal, ({ store }) => writeLedger(resolve(out), store));
  terminal.say(`wrote ${counted(lines, 'line')} to ${out}`);
  return SUCCESS;
}

/** "3 comments (2 of disqus, 1 of guest)": a name may be that of several people. */
function wordsOf(counts: WrittenBySource): string {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (all === 0) return 'no comment';
  const each = [...counts].map(([source, count]) => `${count} of ${source}`);
  return `${counted(all, 'comment')} (${each.join(', ')})`;
}

function told(erasureId: string, json: true | undefined, terminal: Terminal): Status {
  if (json) terminal.out(JSON.stringify({ erasureId }));
  else
    terminal.say(
      `asked for erasure ${erasureId}; a server that runs, or the next start, carries it out and tells at /erasures/${erasureId}`,
    );
  return SUCCESS;
}
