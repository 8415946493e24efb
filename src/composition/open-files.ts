/** File descriptors that stay for requests, databases and files; of a small limit a quarter. */
const RESERVE = 2_000;
const SHARE = 0.25;
/** Of all live connections what one network may have, and what it may have of few. */
const NETWORK_SHARE = 0.25;
const LEAST_OF_NETWORK = 100;

/** File descriptors that the system lets this process have; Infinity when it sets no limit or tells none. */
export function openFilesLimit(): number {
  const report: unknown = process.report.getReport();
  const limit = Number(fieldOf(fieldOf(fieldOf(report, 'userLimits'), 'open_files'), 'soft'));
  return limit > 0 ? limit : Number.POSITIVE_INFINITY;
}

/** Live connections that leave a reserve of so many descriptors. */
export function socketsWithin(limit: number): number {
  return limit - Math.min(RESERVE, Math.ceil(limit * SHARE));
}

/** Live connections that one network may have of so many: readers behind one address are many, and never all. */
export function shareOfNetwork(sockets: number): number {
  return Math.max(LEAST_OF_NETWORK, Math.floor(sockets * NETWORK_SHARE));
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
}
