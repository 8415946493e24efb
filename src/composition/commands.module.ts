import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { EVENT_STORE, NOTICES } from '../../libs/event-store/index.ts';
import { IMAGE_FILES, ImageFiles, imagesDir } from '../../libs/images/index.ts';
import { VAULT } from '../../libs/vault/index.ts';
import { Passwords } from '../access/sign-in/passwords.ts';
import { commandHandlers } from '../commands/handlers.ts';
import { EMAIL_KEY, PASSWORD_HASHING } from '../commands/ports.ts';
import type { WritingLog } from './open-log.ts';

@Module({})
class CommandsModule {}

/** A global module with the log, the vault and all command handlers. `told` provides what the commands ask of views. */
export function commandsModule(
  { config, store, vault, notices, secrets }: WritingLog,
  told: readonly Provider[],
): DynamicModule {
  const passwords = new Passwords();
  const foundation = [
    { provide: EVENT_STORE, useValue: store },
    { provide: VAULT, useValue: vault },
    { provide: NOTICES, useValue: notices },
    { provide: IMAGE_FILES, useValue: new ImageFiles(imagesDir(config.dataDir)) },
    { provide: EMAIL_KEY, useValue: () => secrets.emailKey },
    { provide: Passwords, useValue: passwords },
    { provide: PASSWORD_HASHING, useValue: passwords },
  ];
  return {
    module: CommandsModule,
    global: true,
    imports: [CqrsModule.forRoot()],
    providers: [...foundation, ...told, ...commandHandlers],
    exports: [CqrsModule, ...foundation.map(({ provide }) => provide), ...commandHandlers],
  };
}
