import type { PageMoves, Site } from '../../../../libs/client/index.ts';
import type { FieldErrors } from '../../shell/fields.tsx';
import type { Frame } from '../../shell/frame.ts';
import type { Typed } from '../../shell/typed.ts';
import type { OtherScheme } from './other-schemes.tsx';
import type { SettingsPart } from './parts.ts';

/** Everything that the page shows. */
export interface SettingsState {
  readonly frame: Frame;
  readonly site: Site;
  /** Sites named with https whose pages stand here under http. */
  readonly otherSchemes: readonly OtherScheme[];
  /** The forum's own, as browsers reach it. */
  readonly origin: string;
  /** The form that was sent and not saved: refused, or to be previewed. */
  readonly sent: { readonly part: SettingsPart; readonly typed: Typed; readonly errors: FieldErrors } | null;
  readonly saved: SettingsPart | null;
  /** Whether the chosen look is to be seen first. */
  readonly preview: boolean;
  /** What the sent addresses would do to discussions; null when nobody asked. */
  readonly moves: PageMoves | null;
}

/** The fields of one form: as they were sent, or as the settings in force fill them. */
export interface PartProps {
  readonly frame: Frame;
  /** The forum's own, as browsers reach it. */
  readonly origin: string;
  readonly typed: Typed;
  readonly errors: FieldErrors;
  /** The environment's name of a fixed setting; undefined for one that admins set. */
  readonly fixedBy: (field: string) => string | undefined;
}
