import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { type Keyboard, type Terminal, WrongCall } from './terminal.ts';

/**
 * A password that is not on the command line, where every process of the machine can read it: the setting
 * COLLOQUY_PASSWORD, or a line of standard input, which a terminal asks for without showing it. Throws WrongCall.
 */
export async function readPassword(terminal: Terminal): Promise<string> {
  const given = terminal.environment.COLLOQUY_PASSWORD;
  if (given !== undefined && given !== '') return given;
  const { input } = terminal;
  if (input.isTTY) terminal.error.write('Password (is not shown): ');
  const line = await firstLine(input);
  if (input.isTTY) terminal.error.write('\n');
  if (line === undefined || line === '')
    throw new WrongCall('no password: give --password, COLLOQUY_PASSWORD, or a line of standard input');
  return line;
}

async function firstLine(input: Keyboard): Promise<string | undefined> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: silent, terminal: input.isTTY === true });
  try {
    for await (const line of lines) return line;
    return undefined;
  } finally {
    lines.close();
  }
}
