import type { ArchiveMonth } from '../../../libs/client/index.ts';

/** The months with posts before and after one; null where there is none. */
export interface NearbyMonths {
  readonly before: string | null;
  readonly after: string | null;
}

/** The month itself may be without posts. Months such as 2015-10 are in order as texts. */
export function nearbyMonths(months: readonly Pick<ArchiveMonth, 'month'>[], of: string): NearbyMonths {
  const names = months.map(({ month }) => month).toSorted();
  return { before: names.findLast((month) => month < of) ?? null, after: names.find((month) => month > of) ?? null };
}
