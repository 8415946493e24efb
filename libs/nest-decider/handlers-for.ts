import type { FactoryProvider, InjectionToken } from '@nestjs/common';
import { CommandBus, CommandHandler } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore } from '../event-store/index.ts';
import type { Command, Fact } from '../kernel/index.ts';
import { VAULT, type Vault } from '../vault/index.ts';
import { CommandHandling, type Handling } from './command-handling.ts';
import type { Recorded } from './recorded.ts';

/** One kind of stream: how its commands are handled, with `needs` built around what the module provides. */
export type StreamKind<State, C extends Command, F extends Fact, Needed, Around> = Omit<
  Handling<State, C, F, Needed>,
  'needs'
> & {
  /** All classes that C may be. */
  readonly commands: readonly (new (
    ...args: never
  ) => C)[];
  /** The token of what `needs` is given; the log itself unless said. */
  readonly around?: InjectionToken<Around>;
  readonly needs: (around: Around) => Handling<State, C, F, Needed>['needs'];
  /** The command with its texts as they are stored. */
  readonly asKept?: (command: C) => C;
};

/**
 * A provider for each command of a kind of stream, which Nest's CommandBus finds:
 *
 *     providers: [...handlersFor({ decider: postDecider, decoder, commands: [PublishPost, EditPost], … })]
 */
export function handlersFor<State, C extends Command, F extends Fact, Needed, Around>(
  kind: StreamKind<State, C, F, Needed, Around>,
): FactoryProvider[] {
  return kind.commands.map((command) => {
    class Handler extends CommandHandling<State, C, F, Needed> {
      execute(wish: C): Promise<Recorded> {
        return this.handle(kind.asKept?.(wish) ?? wish);
      }
    }
    CommandHandler(command)(Handler);
    return {
      provide: Handler,
      inject: [EVENT_STORE, VAULT, CommandBus, kind.around ?? EVENT_STORE],
      useFactory: (...[store, vault, commands, around]: [EventStore, Vault, CommandBus, Around]) =>
        new Handler({ ...kind, needs: kind.needs(around) }, { store, vault, commands }),
    };
  });
}
