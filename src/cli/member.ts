import { randomUUID } from 'node:crypto';
import { DomainError } from '../../libs/kernel/index.ts';
import { ROLES, type Role } from '../../libs/words/index.ts';
import { commandMeta } from '../access/principal.ts';
import { ChangeRoles } from '../domain/member/member.commands.ts';
import type { AddCommand } from './add-command.ts';
import { readPassword } from './password.ts';
import { type Status, SUCCESS, type Terminal, WrongCall } from './terminal.ts';
import { withCommands } from './with-commands.ts';

interface CreateFlags {
  readonly handle: string;
  readonly email: string;
  readonly password?: string;
  readonly displayName?: string;
  readonly locale: string;
  readonly role: readonly Role[];
  readonly json?: true;
}

interface RolesFlags {
  readonly role: readonly Role[];
  readonly json?: true;
}

/** `colloquy member create` and `colloquy member roles`. */
export const memberCommand: AddCommand = (program, terminal, end) => {
  const command = program.command('member').description('make accounts and give roles from the shell');
  command
    .command('create')
    .description('make an account; the first one of a forum becomes admin')
    .requiredOption('--handle <handle>', 'the name in the address of its page: 3 to 30 letters, digits, "_", "-", "."')
    .requiredOption('--email <email>', 'the address that it signs in with')
    .option(
      '--password <password>',
      'at least 10 characters; without it COLLOQUY_PASSWORD, else a line of standard input',
    )
    .option('--display-name <name>', 'the name that others see; the handle unless given')
    .option('--locale <locale>', 'language of its pages', 'en')
    .option('--role <role>', `${ROLES.join(', ')}; may be repeated`, addRole, [])
    .option('--json', 'print the member as one JSON document on standard output')
    .action(async (flags: CreateFlags) => end(await create(flags, terminal)));
  command
    .command('roles')
    .description('show the roles of a member, or set them: those given replace the ones before')
    .argument('<login>', 'handle or e-mail address')
    .option('--role <role>', `${ROLES.join(', ')}; may be repeated`, addRole, [])
    .option('--json', 'print the member as one JSON document on standard output')
    .action(async (login: string, flags: RolesFlags) => end(await roles(login, flags, terminal)));
};

async function create(flags: CreateFlags, terminal: Terminal): Promise<Status> {
  const { handle, email, locale, role, displayName = handle } = flags;
  const password = flags.password ?? (await readPassword(terminal));
  const member = await withCommands(terminal, async ({ registration, members }) => {
    const others = role.filter((each) => each !== 'member');
    const wish = { handle, email, locale, displayName, password: checked(password), roles: others };
    const { actor: _, ...meta } = commandMeta(null, randomUUID());
    const { memberId } = await registration.register(wish, meta);
    return members.byId(memberId);
  });
  if (member === undefined) throw new DomainError('internal', 'The member was recorded and cannot be found.');
  show(member, flags, terminal, `made ${member.handle}`);
  return SUCCESS;
}

async function roles(login: string, flags: RolesFlags, terminal: Terminal): Promise<Status> {
  const member = await withCommands(terminal, async ({ commands, members }) => {
    const found = await members.byLogin(login);
    if (found === undefined) throw new DomainError('member_not_found', `No member signs in as ${login}.`);
    if (flags.role.length === 0) return found;
    await commands.execute(
      new ChangeRoles({ memberId: found.memberId, roles: flags.role }, commandMeta(null, randomUUID())),
    );
    return (await members.byId(found.memberId)) ?? found;
  });
  show(member, flags, terminal, member.handle);
  return SUCCESS;
}

interface Shown {
  readonly memberId: string;
  readonly handle: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly locale: string;
}

function show(
  { memberId: id, handle, displayName, roles: held, locale }: Shown,
  flags: { readonly json?: true },
  terminal: Terminal,
  said: string,
): void {
  if (flags.json) terminal.out(JSON.stringify({ member: { id, handle, displayName, roles: held, locale } }));
  else terminal.say(`${said}: ${held.join(', ')} (id ${id})`);
}

/** The registration takes the length for granted. */
function checked(password: string): string {
  const length = [...password].length;
  if (length < 10 || length > 200) throw new WrongCall('the password must have 10 to 200 characters');
  return password;
}

/** `--role editor --role moderator`, and `--role editor,moderator` too. */
function addRole(text: string, before: readonly Role[]): readonly Role[] {
  const named = text.split(',').map((word) => {
    const role = ROLES.find((each) => each === word.trim().toLowerCase());
    if (role === undefined) throw new WrongCall(`there is no role "${word.trim()}"; roles are ${ROLES.join(', ')}`);
    return role;
  });
  return [...new Set([...before, ...named])];
}
