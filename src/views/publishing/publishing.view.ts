import type { ViewDefinition } from '../../../libs/projections/port.ts';
import { followHub, HUB_SCHEMA, HUB_TYPES } from './hub-changes.ts';
import { followIssues, ISSUE_SCHEMA, ISSUE_TYPES } from './issues.ts';
import type { PublishingProjected } from './publishing.query-types.ts';
import { followReturns, RETURN_SCHEMA, RETURN_TYPES } from './returns.ts';
import { followSubscribers, SUBSCRIBER_SCHEMA, SUBSCRIBER_TYPES } from './subscribers.ts';

/** What is to be told to those who read the forum's posts elsewhere: by feeds, and in the newsletter. */
export const publishingView: ViewDefinition<PublishingProjected> = {
  name: 'publishing',
  version: 5,
  isSmall: true,
  eventTypes: [...new Set([...HUB_TYPES, ...SUBSCRIBER_TYPES, ...ISSUE_TYPES, ...RETURN_TYPES])],
  schema: HUB_SCHEMA + SUBSCRIBER_SCHEMA + ISSUE_SCHEMA + RETURN_SCHEMA,
  digestQueries: [
    'SELECT * FROM hub_post ORDER BY id',
    'SELECT * FROM hub_change ORDER BY at, position',
    'SELECT * FROM hub_state',
    'SELECT * FROM lease ORDER BY reactor',
    'SELECT * FROM subscriber ORDER BY id',
    'SELECT * FROM subscription_ask ORDER BY id',
    'SELECT * FROM issue ORDER BY post',
    'SELECT * FROM issue_batch ORDER BY cause',
    'SELECT * FROM issue_return ORDER BY post, because, subscriber',
  ],
  open: (db) => {
    const followsHub = followHub(db);
    const followsSubscribers = followSubscribers(db);
    const followsIssues = followIssues(db);
    const followsReturns = followReturns(db);
    return (event) => {
      const hub = followsHub(event);
      const returned = followsReturns(event);
      const subscribers = followsSubscribers(event) || returned;
      const newsletter = followsIssues(event) || subscribers;
      return hub || newsletter ? { hub, newsletter } : undefined;
    };
  },
};
