/** What a frame knows of the pages around it. */
export interface FrameData {
  /** The origins whose pages may show the frame; it listens to no other. */
  readonly hosts: readonly string[];
}
