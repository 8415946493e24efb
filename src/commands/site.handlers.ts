import { type EventStore } from '../../libs/event-store/index.ts';
import { isUuid } from '../../libs/kernel/index.ts';
import { handlersFor } from '../../libs/nest-decider/index.ts';
import { ChangeSite } from '../domain/site/site.commands.ts';
import { siteDecider } from '../domain/site/site.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const siteHandlers = handlersFor({
  decider: siteDecider,
  decoder: decoders.site,
  commands: [ChangeSite],
  stream: () => streams.site(),
  needs: (store: EventStore) => {
    return async ({ data: { logo = null, icon = null } }) => ({ images: await imagesAmong([logo, icon], store) });
  },
});

/** The ids of images that the forum has. */
async function imagesAmong(
  ids: readonly (string | null)[],
  store: Pick<EventStore, 'readStream'>,
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const id of ids) if (id !== null && isUuid(id) && (await isStored(id, store))) found.add(id);
  return found;
}

async function isStored(imageId: string, store: Pick<EventStore, 'readStream'>): Promise<boolean> {
  for await (const _ of store.readStream(streams.image(imageId))) return true;
  return false;
}
