/** Where links to the forum lead: a shell is told of the forum's address as its server is. */
export function linksLine(origin: string, isSet: boolean): string {
  if (isSet) return `links:      lead to ${origin}`;
  return `links:      lead to ${origin}, since PUBLIC_URL is not set here; for another address, set PUBLIC_URL to it and export anew`;
}
