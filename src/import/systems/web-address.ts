/** The page that a commenter named, which people often write without its scheme. */
export function webAddress(given: string): string {
  const url = given.trim();
  return /^[\w-]+(?:\.[\w-]+)+(?:[/?#:].*)?$/.test(url) ? `https://${url}` : url;
}
