import type { ViewDefinition } from '../../../libs/projections/port.ts';
import { followHub, HUB_SCHEMA, HUB_TYPES } from './hub-changes.ts';
import type { PublishingProjected } from './publishing.query-types.ts';

/** What is to be told to those who read the forum's posts elsewhere. */
export const publishingView: ViewDefinition<PublishingProjected> = {
  name: 'publishing',
  version: 1,
  eventTypes: HUB_TYPES,
  schema: HUB_SCHEMA,
  digestQueries: [
    'SELECT * FROM hub_post ORDER BY id',
    'SELECT * FROM hub_change ORDER BY at, position',
    'SELECT * FROM hub_state',
    'SELECT * FROM lease ORDER BY reactor',
  ],
  open: (db) => {
    const hub = followHub(db);
    return (event) => (hub(event) ? { hub: true } : undefined);
  },
};
