import { readFileSync } from 'node:fs';

/** File descriptors kept for requests, databases and files; a quarter of a small limit. */
const RESERVE = 2_000;
const SHARE = 0.25;
/** The share of all live connections that one network may have, and its share when there are few. */
const NETWORK_SHARE = 0.25;
const LEAST_OF_NETWORK = 100;

/** Where Linux tells what it allows this process; a report of Node says the same a hundred times as slowly. */
const LIMITS = '/proc/self/limits';

/** The file descriptors that the system allows this process; Infinity when it sets or tells no limit. */
export function openFilesLimit(): number {
  const limit = Number(/^Max open files +(\d+)/m.exec(limitsOfLinux())?.[1] ?? limitInReport());
  return limit > 0 ? limit : Number.POSITIVE_INFINITY;
}

function limitsOfLinux(): string {
  try {
    return readFileSync(LIMITS, 'utf8');
  } catch {
    return '';
  }
}

function limitInReport(): unknown {
  const report: unknown = process.report.getReport();
  return fieldOf(fieldOf(fieldOf(report, 'userLimits'), 'open_files'), 'soft');
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
