import { deriveId } from '../../../libs/kernel/index.ts';
import { plainText } from '../html/parse-html.ts';
import type { SourcePlace } from '../source/source.ts';
import type { Fate, SourceComment, SourceComments, SourceName } from '../source/source-comment.ts';
import { fateOf } from './comment-fate.ts';
import type { BlogClock } from './dates.ts';
import type { Fields, WxrComment, WxrComments } from './wxr.ts';

/** What tells two comments of one id apart. */
const SAID = ['wp:comment_content', 'wp:comment_author', 'wp:comment_date_gmt', 'wp:comment_date'];

/** The comments of an item, each in the words that all sources share. */
export class WordPressComments implements SourceComments {
  readonly #comments: WxrComments;
  readonly #clock: BlogClock;

  constructor(comments: WxrComments, clock: BlogClock) {
    this.#comments = comments;
    this.#clock = clock;
  }

  get length(): number {
    return this.#comments.length;
  }

  at(index: number): SourceComment {
    return new WordPressComment(this.#comments.at(index), this.#clock);
  }

  *[Symbol.iterator](): Iterator<SourceComment> {
    for (const comment of this.#comments) yield new WordPressComment(comment, this.#clock);
  }

  close(): void {
    this.#comments.close();
  }
}

/** Each fact is read when it is asked for: most of a thread's shape needs few of them. */
class WordPressComment implements SourceComment {
  readonly place: SourcePlace;
  readonly form = 'html with lines';
  readonly #fields: Fields;
  readonly #clock: BlogClock;

  constructor({ place, fields }: WxrComment, clock: BlogClock) {
    this.place = place;
    this.#fields = fields;
    this.#clock = clock;
  }

  /** WordPress' id, or what stands for it where an export lacks it. */
  get id(): string {
    const given = this.#field('wp:comment_id');
    return given || deriveId('comment', this.text, this.#field('wp:comment_date'));
  }

  get answers(): string | null {
    const parent = this.#field('wp:comment_parent');
    return parent === '' || parent === '0' ? null : parent;
  }

  get fate(): Fate {
    return fateOf({ place: this.place, fields: this.#fields });
  }

  get author(): SourceName {
    const name = plainText(this.#field('wp:comment_author'));
    return { name, email: this.#field('wp:comment_author_email'), url: this.#field('wp:comment_author_url') };
  }

  get at(): string | null {
    return this.#clock.moment(this.#fields, { gmt: 'wp:comment_date_gmt', local: 'wp:comment_date' });
  }

  get text(): string {
    return this.#field('wp:comment_content');
  }

  get said(): readonly string[] {
    return SAID.map((name) => this.#field(name));
  }

  get wordpressId(): string {
    return this.id;
  }

  #field(name: string): string {
    return this.#fields.get(name) ?? '';
  }
}
