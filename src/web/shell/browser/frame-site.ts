import type { FrameData } from '../frame-data.ts';
import { readData } from './page-data.ts';

const frameData = () => readData<FrameData>('frame-data');

/**
 * The site for which the session in this frame counts, as the server left it in the page; undefined in pages of the forum,
 * and for readers without one. What asks for more than a page's HTML states it.
 */
export function frameSite(): string | undefined {
  return frameData()?.site ?? undefined;
}

/** The headers in which a request states it, and for whom the page was drawn. */
export function stated(site = frameSite(), as = frameData()?.as): Readonly<Record<string, string>> {
  return { ...(site && { 'colloquy-frame': site }), ...(as && { 'colloquy-as': as }) };
}
