import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** The function by which a file of this folder adds its command to the program; `end` receives the exit status. */
export type AddCommand = (program: Command, terminal: Terminal, end: (status: number) => void) => void;
