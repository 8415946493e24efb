import type { FastifyRequest } from 'fastify';
import { FRAME, type FrameAddress, frameAddressOf, frameIn } from './frame-address.ts';
import type { SentFields } from './unread-form.ts';

/** What stands in frames beside the frame itself: its forms, and the way to a comment, carry the frame's path. */
const IN_FRAMES: ReadonlySet<string | undefined> = new Set([
  FRAME,
  '/embed/comments',
  '/embed/sign-out',
  '/embed/languages',
  '/bookmarks',
  '/notifications/attention',
  '/comments/:id',
  '/comments/:id/pin',
  '/comments/:id/reactions',
]);

export function mayStandInFrame({ routeOptions }: Pick<FastifyRequest, 'routeOptions'>): boolean {
  return IN_FRAMES.has(routeOptions.url);
}

/** The frame in which the answer to a request is shown; undefined outside of frames. */
export function frameOfRequest(request: FastifyRequest, sent: SentFields | undefined): FrameAddress | undefined {
  if (!mayStandInFrame(request)) return undefined;
  const { query } = request;
  const path = request.routeOptions.url === FRAME ? frameIn({ frame: request.url }) : frameIn(sent ?? query);
  return path === undefined ? undefined : frameAddressOf(path);
}
