import { Command } from '../../../libs/kernel/index.ts';

/** `name` is the stream's own name (`handle-somchai`), `holder` the id of what will carry it. */
export class ReserveName extends Command<{ readonly name: string; readonly holder: string }> {}
export class ReleaseName extends Command<{ readonly name: string; readonly holder: string }> {}

export type ReservationCommand = ReserveName | ReleaseName;
