interface WithTitleProps {
  /** Makes the sentence around a title. */
  readonly around: (title: string) => string;
  readonly title: string;
  /** The title's own language; absent where it is not known. */
  readonly lang: string | undefined;
}

/** No text has it. */
const MARK = '\u0000';

/** A sentence that names a post by its title, which is in a language of its own and is read out so. */
export function WithTitle({ around, title, lang }: WithTitleProps) {
  const [before = '', after = ''] = around(MARK).split(MARK);
  return (
    <>
      {before}
      <bdi lang={lang}>{title}</bdi>
      {after}
    </>
  );
}
