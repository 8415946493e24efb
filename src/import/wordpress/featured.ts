import { imageAddress } from '../../../libs/kernel/index.ts';
import { htmlToMarkdown } from '../html/html-to-markdown.ts';
import { markedIn } from '../images/image-marks.ts';

/** An image that a theme shows at a post's head; where the blog kept it, and what it shows in words. */
export interface FeaturedImage {
  readonly address: string;
  readonly alt: string;
}

/** Where WordPress keeps which attachment that is, and what an attachment shows. */
export const THUMBNAIL = '_thumbnail_id';
export const ALT = '_wp_attachment_image_alt';

/** Characters that the words may have. */
const LONGEST_ALT = 1_000;

/** The text with the image at its head, marked as all are; unless it shows that image already. */
export function withFeatured(body: string, { address, alt }: FeaturedImage): string {
  const keys = keysOf(address);
  if (markedIn(body).some((other) => keysOf(other).some((key) => keys.includes(key)))) return body;
  const html = `<p><img src="${attribute(address)}" alt="${attribute(alt.slice(0, LONGEST_ALT).toWellFormed())}"></p>`;
  const most = html.length * 2;
  const image = htmlToMarkdown(html, { lines: false, baseUrl: null, rewrite: () => null, most, marksImages: true });
  return body === '' ? image : `${image}\n\n${body}`;
}

function keysOf(address: string): readonly string[] {
  return imageAddress(address).names.map(({ key }) => key);
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
