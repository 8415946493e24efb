import 'reflect-metadata';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore } from '../../libs/event-store/index.ts';
import { IMAGE_FILES } from '../../libs/images/index.ts';
import { type ErasingVault, VAULT } from '../../libs/vault/index.ts';
import { StreamErasing } from '../../src/commands/erase-streams.ts';
import { KeyDestruction } from '../../src/commands/key-destruction.ts';
import { PersonalStreams } from '../../src/commands/personal-streams.ts';
import { openForum } from '../../src/composition/open-forum.ts';
import { readConfig } from '../../src/config.ts';
import { CarryingOut } from '../../src/reactors/erasure/carry-out.ts';
import { FindErasure } from '../../src/views/erasures/erasures.query-types.ts';

/**
 * `DATA_DIR ERASURE STEP`: carries the erasure out as a server does, and is killed once the step is done; `keys` is where
 * the log says that the first keys are destroyed, and the vault still has them.
 */
const [dataDir = '', erasureId = '', last = ''] = process.argv.slice(2);

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('the program was killed, and goes on');
}

const forum = await openForum(readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' }), { reacts: false });
const { app, views } = forum;
const [commands, queries] = [app.get(CommandBus), app.get(QueryBus)];
const store = app.get<EventStore>(EVENT_STORE, { strict: false });
const vault = app.get<ErasingVault>(VAULT, { strict: false });
const destruction = new KeyDestruction(commands, { ...vault, destroyAll: async () => die() }, store);
const erasing =
  last === 'keys'
    ? new StreamErasing(store, destruction, app.get(IMAGE_FILES, { strict: false }))
    : app.get(StreamErasing);
const known = await queries.execute(new FindErasure(erasureId));
if (known === null) throw new Error('nobody asked for the erasure');
const onStep = (step: string): void => {
  if (step === last) die();
};
const found = app.get(PersonalStreams);
await new CarryingOut({ commands, queries, views, erasing, found, onStep }).carryOut(known, () => false);
