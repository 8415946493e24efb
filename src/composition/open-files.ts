/** File descriptors kept for requests, databases and files; a quarter of a small limit. */
const RESERVE = 2_000;
const SHARE = 0.25;
/** The share of all live connections that one network may have, and its share when there are few. */
const NETWORK_SHARE = 0.25;
const LEAST_OF_NETWORK = 100;

/** The file descriptors that the system allows this process; Infinity when it sets or tells no limit. */
export function openFilesLimit(): number {
  const report: unknown = process.report.getReport();
  const limit = Number(fieldOf(fieldOf(fieldOf(report, 'userLimits'), 'open_files'), 'soft'));
  return limit > 0 ? limit : Number.POSITIVE_INFINITY;
}

/** The number of live connections that leaves the reserve free. */
export function socketsWithin(limit: number): number {
  return limit - Math.min(RESERVE, Math.ceil(limit * SHARE));
}

/** The live connections that one network may have: readers behind one address are many, but never all. */
export function shareOfNetwork(sockets: number): number {
  return Math.max(LEAST_OF_NETWORK, Math.floor(sockets * NETWORK_SHARE));
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
}
