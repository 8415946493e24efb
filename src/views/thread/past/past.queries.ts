import { answering } from '../../answering.ts';
import { EncodedPasts } from './encoded-past.ts';
import { ThreadHistory } from './history.ts';
import { GetEncodedThreadAt, GetThreadActivity, GetThreadAt, GetThreadDifference } from './past.query-types.ts';
import { ThreadActivities } from './thread-activities.ts';
import { ThreadDifferences } from './thread-differences.ts';

export const pastQueries = [
  answering(GetThreadAt, { past: ThreadHistory }, (query, { past }) => past.page(query)),
  answering(GetEncodedThreadAt, { encoded: EncodedPasts }, (query, { encoded }) => encoded.page(query)),
  answering(GetThreadActivity, { activities: ThreadActivities }, (query, { activities }) => activities.of(query)),
  answering(GetThreadDifference, { differences: ThreadDifferences }, (query, { differences }) =>
    differences.page(query),
  ),
];
