/** The forum as everybody can read it at one position of the log: what an export for spreadsheets or other systems takes. */
export interface PublicForum {
  readonly site: PublicSite;
  /** RFC 3339: what was published by then is in it. */
  readonly now: string;
  readonly counts: { readonly posts: number; readonly comments: number };
  /** Who wrote the posts, each once. */
  writers(): Promise<readonly PublicAuthor[]>;
  /** In the order in which they were recorded. */
  posts(): AsyncIterable<PublicPost>;
  /**
   * Each before its answers, the oldest first. A removed comment is a place without contents, and only where a comment
   * below it can be read.
   */
  comments(postId: string): AsyncIterable<PublicComment>;
  /** The newest in each language, of a post, or of a comment that can be read. */
  translations(of: { readonly kind: 'post' | 'comment'; readonly id: string }): Promise<readonly PublicTranslation[]>;
  /** The number of a comment; null for an unknown one. */
  commentNumber(commentId: string): string | null;
  /** The number of an image; null for one that is not kept. */
  imageNumber(imageId: string): string | null;
}

export interface PublicSite {
  /** Without a slash at its end. */
  readonly url: string;
  readonly name: string;
  readonly description: string;
  /** BCP 47. */
  readonly locale: string;
  /** IANA. */
  readonly timeZone: string;
}

export interface PublicAuthor {
  readonly displayName: string;
  /** Null for those who are no members: imported people, guests. */
  readonly handle: string | null;
  /** A page of an imported person. */
  readonly url: string | null;
}

/** `number` is one for good: no other post, comment or image of the forum has it. */
interface Numbered {
  readonly number: string;
  readonly id: string;
}

export interface PublicPost extends Numbered {
  readonly slug: string;
  readonly title: string;
  readonly kind: string;
  readonly locale: string;
  /** Markdown. */
  readonly body: string;
  readonly bodyHtml: string;
  readonly excerpt: string | null;
  readonly excerptHtml: string | null;
  readonly tags: readonly string[];
  /** Null for an erased one. */
  readonly author: PublicAuthor | null;
  readonly publishedAt: string;
  readonly editedAt: string | null;
  /** Whether readers may comment. */
  readonly isOpen: boolean;
  readonly commentCount: number;
  /** Of a page of another site. */
  readonly url: string | null;
}

export interface PublicComment extends Numbered {
  readonly parentId: string | null;
  readonly parentNumber: string | null;
  readonly depth: number;
  readonly createdAt: string;
  readonly editedAt: string | null;
  /** Null for the place of a removed one. */
  readonly said: {
    /** Null for an erased one. */
    readonly author: PublicAuthor | null;
    /** Markdown. */
    readonly body: string;
    readonly bodyHtml: string;
  } | null;
}

export interface PublicTranslation {
  readonly id: string;
  readonly language: string;
  /** Null for an erased one. */
  readonly by: PublicAuthor | null;
  readonly writtenAt: string;
  /** The revision of the text that it was made from, and whether that text says another thing since. */
  readonly sourceRevision: number;
  readonly isStale: boolean;
  readonly title: string | null;
  /** Markdown. */
  readonly body: string;
}

/** Opens it once the place of the export is known to be free. */
export type OpenForum = () => Promise<PublicForum>;

/** Tells how many posts and comments are written. */
export interface ExportRun {
  readonly onProgress: (posts: number, comments: number) => void;
  readonly signal: AbortSignal;
}

export interface PublicCounts {
  readonly posts: number;
  /** Without the places of removed ones. */
  readonly comments: number;
  /** Places of removed comments with answers. */
  readonly places: number;
}
