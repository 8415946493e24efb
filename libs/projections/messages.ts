import type { Position } from '../kernel/index.ts';
import type { Projected, Verification, ViewState } from './port.ts';

/** The views that one running projector has, by their names. */
export type RunViews = { readonly only: readonly string[] } | { readonly but: readonly string[] };

export function runsView(views: RunViews, name: string): boolean {
  return 'only' in views ? views.only.includes(name) : !views.but.includes(name);
}

/** The start data of a projector's thread; `log` goes to the function that opens the log there. */
export type ProjectorTask = {
  readonly dir: string;
  readonly log: unknown;
} /** `resumes`: it has read everything before, and comes back from a rest. */ & (
  | { readonly task: 'run'; readonly views: RunViews; readonly resumes: boolean }
  | { readonly task: 'build'; readonly views: readonly string[] }
  /** `reached` is the position of the view, which its file need not hold yet. */
  | { readonly task: 'verify'; readonly view: string; readonly liveFile: string; readonly reached: Position }
);

export interface OpenFile {
  readonly view: string;
  readonly file: string;
}

/** From the running projector to the serving thread, each after the commit that it tells of. */
export type FromProjector =
  /** These views have no readable file: they are built first, and nothing of them is shown meanwhile. */
  | { readonly kind: 'building'; readonly views: readonly string[]; readonly state: readonly ViewState[] }
  | { readonly kind: 'opened'; readonly files: readonly OpenFile[]; readonly state: readonly ViewState[] }
  | {
      readonly kind: 'projected';
      readonly position: Position;
      readonly projected: readonly Projected[];
      readonly state: readonly ViewState[];
      /** The log's end was reached at least once since the start. */
      readonly caughtUp: boolean;
    }
  | ({ readonly kind: 'swapped'; readonly state: readonly ViewState[] } & OpenFile)
  | ({ readonly kind: 'not-swapped'; readonly reason: string } & OpenFile)
  | { readonly kind: 'problem'; readonly reason: string };

export type ToProjector = ({ readonly kind: 'adopt' } & OpenFile) | { readonly kind: 'close' };

/** The answer of a build or a verification before its thread ends. */
export type FromBuilder =
  | { readonly kind: 'built'; readonly views: readonly BuiltView[] }
  | { readonly kind: 'verified'; readonly verified: Verification };

/** A view's finished file under its final name, or why there is none. */
export type BuiltView = OpenFile | { readonly view: string; readonly file: null; readonly reason: string };
