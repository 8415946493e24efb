import { Fragment } from 'preact';

/** Signs that are not seen, or turn what stands around them. */
const UNSEEN = /[\p{C}\p{Z}]/u;

/** An address with its letters as people write them; as it is where it then had signs that nobody sees. */
export function readableAddress(url: string): string {
  try {
    const read = decodeURI(url);
    return UNSEEN.test(read) ? url : read;
  } catch {
    return url;
  }
}

/** The same with breaks where its parts end, so that no line ends within a name that fits it. */
export function ShownAddress({ url }: { readonly url: string }) {
  return readableAddress(url)
    .split(/(?<=[^/]\/|:\/\/)(?=[^/])|(?=[.?#&])/u)
    .map((part, at) => (
      <Fragment key={`${at} ${part}`}>
        {at > 0 && <wbr />}
        {part}
      </Fragment>
    ));
}
