/** What a frame knows of the pages around it. */
export interface FrameData {
  /** The origins whose pages may show the frame; it listens to no other. */
  readonly hosts: readonly string[];
  /** The one for which the session in the frame counts; null for a reader without one. */
  readonly site: string | null;
  /** The member for whom the frame was drawn; null for a reader without an account. */
  readonly as: string | null;
  /** The digest of the person as whom the page around the frame signed the reader in, who may be banned since; null where it did not. */
  readonly sso: string | null;
  /** The path of the frame's page where this one answers a form: it is fetched from there, since the form must not be sent again. */
  readonly path?: string;
  /** Present where its reader said which languages it reads. */
  readonly reads?: true;
}
