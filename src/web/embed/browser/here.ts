import type { FrameData } from '../../shell/frame-data.ts';
import type { FromFrame } from '../frame-messages.ts';

/** What the frame's program gives those that are loaded when they are needed: a module that both had would be a file of its own. */
export interface Here extends Partial<FrameData> {
  readonly isSignedIn: boolean;
  readonly tell: (message: FromFrame) => void;
  /** The headers in which a request states the site around the frame, and the member. */
  readonly stated: (site?: string, as?: string) => Readonly<Record<string, string>>;
  readonly challengeOf: (verifier: string) => Promise<string>;
  readonly sayNotKept: () => void;
}
