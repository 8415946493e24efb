import type { AllStreamSubscription, StreamSubscription } from '@kurrent/kurrentdb-client';

/** What a subscription has told so far, in order: `post-1@0` for an event, `caught up`, `fell behind`, `ended`, `failed TYPE`. */
export interface Followed {
  readonly told: string[];
  /** Resolves when so many of these words were told: `caught up`, or the name of a stream with its revision. */
  until(word: string, times?: number): Promise<void>;
  /** Resolves with the number of events told once there are so many. */
  events(count: number): Promise<void>;
}

/** Listens to a subscription to its end. */
export function followed(subscription: AllStreamSubscription | StreamSubscription): Followed {
  const told: string[] = [];
  const waiting = new Set<() => void>();
  const tell = (word: string): void => {
    told.push(word);
    for (const look of waiting) look();
  };
  subscription.on('caughtUp', () => tell('caught up'));
  subscription.on('fellBehind', () => tell('fell behind'));
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  drain(subscription, tell).catch(() => {});
  return {
    told,
    until: (word, times = 1) => until(() => told.filter((said) => said === word).length >= times),
    events: (count) => until(() => told.filter((said) => said.includes('@')).length >= count),
  };
}

async function drain(subscription: AllStreamSubscription | StreamSubscription, tell: (word: string) => void) {
  try {
    for await (const { event } of subscription) if (event !== undefined) tell(`${event.streamId}@${event.revision}`);
    tell('ended');
  } catch (error) {
    tell(`failed ${error instanceof Error && 'type' in error ? error.type : error}`);
  }
}
