import { siteHostOf } from '../../../libs/kernel/index.ts';
import type { ReaderTask } from '../pages/told.ts';

/** Whose ids an export has, of a system that numbers its comments from 1: the site's host. */
export function siteName({ sites }: Pick<ReaderTask, 'sites'>, kind: string): string {
  return siteHostOf(Object.values(sites)[0] ?? '') || kind;
}
