import type { OrderedAppends } from '../../../libs/event-store/index.ts';
import type { Commands } from '../../../libs/nest-decider/index.ts';
import type { Locale } from '../../../libs/words/index.ts';
import type { PostPublishing } from '../../commands/publish-post.ts';
import type { ImageStoring } from '../../commands/store-image.ts';
import type { ImportedImages } from '../images/imported-images.ts';
import type { ErasedHere, ErasedNames } from './erased-here.ts';
import type { BroughtHere } from './here.ts';
import type { MovedComments } from './moved-comments.ts';
import type { OpenCommentIndex, StandingHere } from './standing-here.ts';

/** The means by which the import records; a CommandContext is one. */
export interface ImportTarget {
  readonly store: OrderedAppends;
  readonly commands: Commands;
  readonly publishing: Pick<PostPublishing, 'publish'>;
  readonly images: Pick<ImageStoring, 'known' | 'store' | 'sweep'>;
  readonly members: { readonly names: ErasedNames };
  /** None unless told. */
  readonly commentIndex?: OpenCommentIndex;
}

/** What all that one import records has in common. */
export interface ImportRun {
  readonly correlationId: string;
  /** RFC 3339. */
  readonly now: string;
  /** The languages that the site is read in, among which those of comments are told. */
  readonly locales: readonly Locale[];
  readonly images: ImportedImages;
  readonly here: BroughtHere;
  readonly standing: StandingHere;
  readonly erased: ErasedHere;
  /** Comments that stand under another post than the export tells, or under another id. */
  readonly moved: MovedComments;
}
